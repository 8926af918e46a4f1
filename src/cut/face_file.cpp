#include "cut/face_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cut/toml_reader.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

constexpr std::array<const char*, kParameterKinds> kKindWords{"emotion", "mouth", "gaze", "blink"};

bool kind_of(const std::string& word, ParameterKind& kind) {
  const auto it = std::find(kKindWords.begin(), kKindWords.end(), word);
  if (it == kKindWords.end()) return false;
  kind = static_cast<ParameterKind>(it - kKindWords.begin());
  return true;
}

void read_region(TomlTable& table, const char* key, std::vector<Vec2>& region) {
  if (!table.read(key, region) || region.empty()) return;
  if (region.size() == 1) return table.reject(key, "one point is no region", "give two corners or a polygon");
  if (region.size() == 2)
    region = {region[0], {region[1].x, region[0].y}, region[1], {region[0].x, region[1].y}};
}

FacePart read_part(TomlTable& table) {
  FacePart part;
  if (!table.read("name", part.name)) table.reject("name", "a part has no name", "add name = \"brow L\"");
  std::string word = "other";
  table.read("kind", word);
  if (!part_kind_of(word, part.kind))
    table.reject("kind", fmt::format("the kind \"{}\" is not known", word),
                 "brow, upper-lid, lower-lid, iris, highlight, mouth, teeth, cheek, mark, outline or other");
  table.read("group", part.group);
  table.read("cel", part.cel);
  read_region(table, "region", part.region);
  if (part.region.empty() && part.cel.empty())
    table.reject("name", fmt::format("the part \"{}\" has neither region nor cel", part.name),
                 "say where its lines are: region = [[x, y], [x, y]]");
  return part;
}

void read_mutes(TomlTable& table, const char* key, Mute mute, FaceParameter& parameter) {
  std::vector<std::string> words;
  table.read(key, words);
  for (const std::string& word : words) {
    ParameterKind kind;
    if (!kind_of(word, kind) || kind == ParameterKind::emotion)
      table.reject(key, fmt::format("\"{}\" cannot be muted", word), "blink, mouth or gaze");
    else
      parameter.mutes[static_cast<int>(kind)] = mute;
  }
}

FaceParameter read_parameter(TomlTable& table) {
  FaceParameter parameter;
  if (!table.read("name", parameter.name)) table.reject("name", "a parameter has no name");
  std::string word = kKindWords[0];
  table.read("kind", word);
  if (!kind_of(word, parameter.kind))
    table.reject("kind", fmt::format("the kind \"{}\" is not known", word), "emotion, mouth, gaze or blink");
  read_mutes(table, "block", Mute::block, parameter);
  read_mutes(table, "blend", Mute::blend, parameter);
  return parameter;
}

FaceSample read_drawing(TomlTable& table, const std::vector<std::string>& cels, const std::string& neutral) {
  FaceSample sample;
  sample.line = table.line();
  if (!table.read("name", sample.name)) table.reject("name", "a drawing has no name", "add name = \"joy\"");
  if (table.has("at")) {
    TomlTable at = table.table("at");
    for (const auto& [name, value] : at.numbers()) sample.at[name] = value;
    if (sample.at.empty()) table.reject("at", "names no parameter", "at = {joy = 0.5}");
  } else if (sample.name != neutral) {
    sample.at[sample.name] = 1;
  }
  std::string file;
  std::vector<std::string> files;
  if (cels.empty()) {
    if (!table.read("lines", file))
      table.reject("name", fmt::format("\"{}\" has no picture", sample.name), "add lines = \"joy.png\"");
    sample.pictures.push_back({"", file, {}});
  } else {
    if (!table.read("pictures", files) || files.size() != cels.size())
      table.reject("pictures",
                   fmt::format("\"{}\" needs one picture a cel, {} in all", sample.name, cels.size()),
                   "write \"\" for a cel without lines");
    for (std::size_t k = 0; k < std::min(files.size(), cels.size()); ++k)
      if (!files[k].empty()) sample.pictures.push_back({cels[k], files[k], {}});
    if (sample.pictures.empty()) table.reject("pictures", fmt::format("\"{}\" has no picture", sample.name));
  }
  table.read("parts", sample.touches);
  table.read("binary", sample.binary);
  table.read("paint", sample.paint);
  return sample;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string list(const std::vector<std::string>& words) {
  std::string result = "[";
  for (const std::string& word : words) result += (result.size() > 1 ? ", " : "") + quoted(word);
  return result + "]";
}

std::string points(const std::vector<Vec2>& polygon) {
  std::string result = "[";
  for (const Vec2 p : polygon) result += fmt::format("{}[{}, {}]", result.size() > 1 ? ", " : "", p.x, p.y);
  return result + "]";
}

}  // namespace

Result<FaceFile> read_face_text(std::string_view text, const std::string& file) {
  const TomlReader reader(text, file);
  TomlTable root = reader.root();
  FaceFile result;
  ExpressionSheet& sheet = result.sheet;
  sheet.file = file;
  TomlTable face = root.table("face");
  face.read("name", sheet.name);
  face.read("chin", sheet.chin);
  face.read("brow", sheet.brow);
  face.read("half_blink", sheet.half_blink);
  if (!(sheet.half_blink > 0 && sheet.half_blink < 1))
    face.reject("half_blink", "lies outside 0 to 1", "0.4 lies a little toward the open eye");
  face.read("match_neutral", sheet.match_neutral);
  std::string neutral = "neutral";
  face.read("neutral", neutral);
  std::vector<std::string> cels;
  face.read("cels", cels);
  read_region(face, "outline", sheet.outline);
  for (TomlTable& table : root.tables("part")) sheet.parts.push_back(read_part(table));
  for (TomlTable& table : root.tables("parameter")) sheet.parameters.push_back(read_parameter(table));
  for (TomlTable& table : root.tables("drawing")) sheet.samples.push_back(read_drawing(table, cels, neutral));
  auto notes = reader.finish();
  if (!notes) return Failure(std::move(notes.error()));
  result.notes = std::move(*notes);
  return result;
}

Result<FaceFile> read_face_file(const Disk& disk, const std::string& path) {
  const auto text = read_stable_text(disk, path);
  if (!text) return Failure(text.error());
  auto file = read_face_text(*text, path);
  if (!file) return file;
  for (FaceSample& sample : file->sheet.samples) {
    for (SamplePicture& picture : sample.pictures) {
      picture.file = join_path(folder_of(path), picture.file);
      auto bytes = read_stable(disk, picture.file);
      if (!bytes) {
        bytes.error().where.drawing = sample.name;
        return Failure(std::move(bytes.error()));
      }
      auto raster = decode_picture(bytes->bytes, picture.file);
      if (!raster) return Failure(std::move(raster.error()));
      picture.lines = std::move(*raster);
    }
    if (!sample.paint.empty()) sample.paint = join_path(folder_of(path), sample.paint);
  }
  if (auto done = complete(file->sheet); !done) return Failure(std::move(done.error()));
  return file;
}

std::string face_text(const ExpressionSheet& sheet) {
  std::vector<std::string> cels;
  for (const FaceSample& sample : sheet.samples)
    for (const SamplePicture& picture : sample.pictures)
      if (!picture.cel.empty() && std::find(cels.begin(), cels.end(), picture.cel) == cels.end())
        cels.push_back(picture.cel);
  std::string text = "[face]\n";
  if (!sheet.name.empty()) text += fmt::format("name = {}\n", quoted(sheet.name));
  if (sheet.face_height() > 0)
    text += fmt::format("chin = [{}, {}]\nbrow = [{}, {}]\n", sheet.chin.x, sheet.chin.y, sheet.brow.x,
                        sheet.brow.y);
  if (!sheet.samples.empty()) text += fmt::format("neutral = {}\n", quoted(sheet.samples.front().name));
  if (!cels.empty()) text += fmt::format("cels = {}\n", list(cels));
  if (!sheet.outline.empty()) text += fmt::format("outline = {}\n", points(sheet.outline));
  if (sheet.match_neutral) text += "match_neutral = true\n";
  text += fmt::format("half_blink = {}\n", sheet.half_blink);
  for (const FacePart& part : sheet.parts) {
    text += fmt::format("\n[[part]]\nname = {}\nkind = \"{}\"\n", quoted(part.name), word_of(part.kind));
    if (!part.group.empty() && part.group != part.name)
      text += fmt::format("group = {}\n", quoted(part.group));
    if (!part.cel.empty()) text += fmt::format("cel = {}\n", quoted(part.cel));
    if (!part.region.empty()) text += fmt::format("region = {}\n", points(part.region));
  }
  for (const FaceParameter& parameter : sheet.parameters) {
    text += fmt::format("\n[[parameter]]\nname = {}\nkind = \"{}\"\n", quoted(parameter.name),
                        kKindWords[static_cast<int>(parameter.kind)]);
    for (const auto& [key, mute] : {std::pair{"block", Mute::block}, std::pair{"blend", Mute::blend}}) {
      std::vector<std::string> words;
      for (int k = 0; k < kParameterKinds; ++k)
        if (parameter.mutes[k] == mute) words.emplace_back(kKindWords[k]);
      if (!words.empty()) text += fmt::format("{} = {}\n", key, list(words));
    }
  }
  for (const FaceSample& sample : sheet.samples) {
    text += fmt::format("\n[[drawing]]\nname = {}\n", quoted(sample.name));
    if (!sample.at.empty()) {
      std::string at;
      for (const auto& [name, value] : sample.at)
        at += fmt::format("{}{} = {}", at.empty() ? "" : ", ", quoted(name), value);
      text += fmt::format("at = {{ {} }}\n", at);
    }
    if (cels.empty()) {
      text += fmt::format("lines = {}\n", quoted(sample.pictures.empty() ? "" : sample.pictures[0].file));
    } else {
      std::vector<std::string> files;
      for (const std::string& cel : cels) {
        const auto it = std::find_if(sample.pictures.begin(), sample.pictures.end(),
                                     [&](const SamplePicture& p) { return p.cel == cel; });
        files.push_back(it == sample.pictures.end() ? "" : it->file);
      }
      text += fmt::format("pictures = {}\n", list(files));
    }
    if (!sample.paint.empty()) text += fmt::format("paint = {}\n", quoted(sample.paint));
    if (!sample.touches.empty()) text += fmt::format("parts = {}\n", list(sample.touches));
    if (!sample.binary.empty()) text += fmt::format("binary = {}\n", list(sample.binary));
  }
  return text;
}

}  // namespace nakawari
