#include "cut/cut_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "cut/disk.h"
#include "cut/toml_reader.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

/// Faster than any film camera's use in a cut, and low enough that a typing mistake shows.
constexpr double kMaxFps = 240;

bool safe_name(const std::string& name) {
  return !name.empty() && !name.starts_with('.') && std::none_of(name.begin(), name.end(), [](char c) {
    return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  });
}

void read_path(TomlTable& table, const char* key, std::string& value) {
  if (table.read(key, value) && !value.empty() && !stays_inside(value))
    table.reject(key, "\"" + value + "\" leads out of the cut's folder", "give a path inside the folder");
}

void read_size(TomlTable& cut, CutFile& file) {
  Vec2 size;
  if (!cut.read("size", size)) return;
  const bool whole = size.x == std::floor(size.x) && size.y == std::floor(size.y);
  if (!whole || size.x < 1 || size.y < 1 || size.x > kMaxSide || size.y > kMaxSide)
    return cut.reject("size", "size is not a picture size", "give [width, height] in pixels, 1 to 30000");
  file.width = static_cast<int>(size.x);
  file.height = static_cast<int>(size.y);
}

/// Which side trace lines of an ink take.
void read_trace(TomlTable table, InkRoles& roles) {
  for (const Ink ink : {Ink::red, Ink::blue, Ink::green, Ink::yellow}) {
    std::string text;
    if (!table.read(word(ink), text)) continue;
    const auto role = style_role(text);
    if (!role || *role == StyleRole::line)
      table.reject(word(ink), "\"" + text + "\" is no side of a trace line",
                   "use shadow, shadow2, highlight or normal");
    else
      roles[ink] = *role;
  }
}

void read_head(TomlTable cut, CutFile& file) {
  if (cut.read("id", file.id)) {
    if (!safe_name(file.id))
      cut.reject("id", "is not usable as a file name", "give an id such as \"c012\"");
    else if (!usual_cut_id(file.id))
      file.notes.push_back({"cut-id",
                            "\"" + file.id + "\" is not a usual cut id such as c012 or 12A",
                            {.file = file.file, .line = cut.line("id")}});
  }
  if (cut.read("fps", file.fps) && !(file.fps > 0 && file.fps <= kMaxFps))
    cut.reject("fps", "fps is out of range", "give frames a second, such as 24");
  read_size(cut, file);
  read_path(cut, "sheet", file.sheet);
  read_path(cut, "voice", file.voice);
  cut.read("variant", file.variant);
  read_trace(cut.table("trace"), file.trace);
  cut.read("profile", file.profile);
  cut.read("title", file.title);
}

CelFile read_cel(TomlTable& table, const CutFile& cut) {
  CelFile cel;
  cel.trace = cut.trace;
  cel.profile = cut.profile;
  cel.line = table.line();
  if (!table.read("name", cel.name)) table.reject("name", "a cel has no name", "add name = \"A\"");
  if (!safe_name(cel.name) || cel.name == "frames" || cel.name == "report" || cel.name == "provenance")
    table.reject("name", "\"" + cel.name + "\" is not usable as the name of a cel",
                 "give a name such as \"A\"");
  cel.column = cel.name;
  table.read("column", cel.column);
  read_path(table, "image", cel.image);
  read_path(table, "drawings", cel.drawings);
  read_path(table, "charts", cel.charts);
  read_path(table, "painted", cel.painted);
  read_path(table, "model", cel.model);
  read_path(table, "model_picture", cel.model_picture);
  if (!cel.model_picture.empty() && cel.model.empty())
    table.reject("model_picture", "a picture of a colour model, but no model",
                 "add model = \"model/hana.toml\"");
  table.read("variant", cel.variant);
  read_trace(table.table("trace"), cel.trace);
  table.read("profile", cel.profile);
  read_path(table, "face", cel.face);
  table.read("face_cel", cel.face_cel);
  read_path(table, "track", cel.track);
  if (cel.face.empty() && !cel.track.empty())
    table.reject("track", "a face needs an expression sheet besides its track",
                 "add face = \"face/hana.toml\"");
  if (!cel.face.empty() && !cel.image.empty())
    table.reject("image", "the cel has an image and a face", "keep one of the two");
  if (!cel.image.empty() && !cel.drawings.empty())
    table.reject("drawings", "the cel has an image and drawings", "keep one of the two");
  if (cel.image.empty() && cel.drawings.empty()) cel.drawings = cel.name + "/" + cel.name + "####";
  if (!cel.drawings.empty() && cel.painted.empty()) cel.painted = join_path(folder_of(cel.drawings), "paint");
  return cel;
}

void read_output(TomlTable table, OutputOptions& output) {
  table.read("video", output.video);
  table.read("prores", output.prores);
  table.read("smooth", output.smooth);
  std::string text;
  if (!table.read("paper", text)) return;
  constexpr std::size_t kLength = 7;  // #rrggbb
  std::uint32_t value = 0;
  const char* const end = text.data() + text.size();
  const bool hash = text.size() == kLength && text[0] == '#';
  const auto [stop, wrong] = std::from_chars(text.data() + (hash ? 1 : 0), end, value, 16);
  if (!hash || stop != end || wrong != std::errc())
    return table.reject("paper", "paper is not a colour", "give \"#ffffff\"");
  output.paper = {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                  static_cast<std::uint8_t>(value), 255};
}

}  // namespace

// No std::regex: on long texts it runs out of stack.
bool usual_cut_id(std::string_view id) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (id.starts_with('c')) id.remove_prefix(1);
  if (id.size() > 1 && letter(id.back())) id.remove_suffix(1);
  return !id.empty() && std::all_of(id.begin(), id.end(), digit);
}

bool stays_inside(const std::string& path) {
  if (path.starts_with('/') || path.find('\0') != std::string::npos) return false;
  std::size_t from = 0;
  while (from <= path.size()) {
    const auto to = std::min(path.find('/', from), path.size());
    if (path.substr(from, to - from) == "..") return false;
    from = to + 1;
  }
  return true;
}

Result<CutFile> read_cut_file(std::string_view text, const std::string& file,
                              const std::string& folder_name) {
  CutFile cut;
  cut.file = file;
  cut.id = folder_name;
  TomlReader reader(text, file);
  TomlTable root = reader.root();

  read_head(root.table("cut"), cut);
  std::set<std::string> names;
  for (TomlTable& table : root.tables("cel")) {
    CelFile cel = read_cel(table, cut);
    if (!names.insert(cel.name).second)
      table.reject("name", "there are two cels \"" + cel.name + "\"", "rename one");
    cut.cels.push_back(std::move(cel));
  }
  read_output(root.table("output"), cut.output);
  for (auto& [key, value] : root.table("cost").numbers()) cut.cost.values[key] = value;

  auto unknown = reader.finish();
  if (!unknown) return Failure(std::move(unknown.error()));
  cut.notes.insert(cut.notes.end(), unknown->begin(), unknown->end());
  return cut;
}

}  // namespace nakawari
