#include "cut/load_cut.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "cut/face_track_file.h"
#include "cut/load_face.h"
#include "cut/scan.h"
#include "sheet/names.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

/// Without a sheet every drawing stands for two frames, the usual "on twos".
constexpr int kFramesWithoutSheet = 2;
/// Without a sheet a gap in the numbers is filled with in-betweens up to this many; a wider one is two takes,
/// or a late number, and only a sheet can say.
constexpr long kWidestGap = 12;

const std::string kNotCels[] = {"out", "BG", "bg", "model", "fixes", "report", "voice", "book"};

std::string plain_of(const std::string& name, const std::string& cel) {
  return plain_name(tidy_name(name), tidy_name(cel));
}

void add(Report& to, const Report& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Cels for a cut.toml without any: BG/bg.*, then every folder X that holds drawings X####.
Result<std::vector<CelFile>> cels_by_folder(const Disk& disk, const std::string& folder) {
  std::vector<CelFile> cels;
  for (const char* name : {"BG/bg.png", "BG/bg.tga", "BG/bg.tif", "bg.png"}) {
    if (!disk.stamp(join_path(folder, name)).exists || !cels.empty()) continue;
    CelFile cel;
    cel.name = cel.column = "BG";
    cel.image = name;
    cels.push_back(cel);
  }
  const auto names = disk.list(folder);
  if (!names) return Failure(names.error());
  for (const std::string& name : *names) {
    if (name.starts_with('.') || std::count(std::begin(kNotCels), std::end(kNotCels), name) > 0 ||
        !disk.stamp(join_path(folder, name)).folder)
      continue;
    const auto found = scan_drawings(disk, folder, name + "/" + name + "####", name);
    if (!found) return Failure(found.error());
    const bool any = std::any_of(found->drawings.begin(), found->drawings.end(),
                                 [](const FoundDrawing& d) { return drawing_number(d.plain) >= 0; });
    if (!any) continue;
    CelFile cel;
    cel.name = cel.column = name;
    cel.drawings = name + "/" + name + "####";
    cel.painted = name + "/paint";
    cels.push_back(cel);
  }
  return cels;
}

/// A track that lets the numbered drawings stand one after the other, gaps between them filled; the last one
/// stays. `frames` is where it would end.
Result<SheetTrack> track_by_number(const FoundDrawings& found, const std::string& cel, int number,
                                   int& frames) {
  SheetTrack track;
  track.number = number;
  track.name = cel;
  long next = -1;
  int frame = 0;
  const auto stand = [&](std::string name) {
    track.entries.push_back({frame, Mark::text, std::move(name), {}, {}});
    frame += kFramesWithoutSheet;
  };
  for (const FoundDrawing& drawing : found.drawings) {
    const long n = drawing_number(drawing.plain);
    if (n < 0) continue;
    if (next >= 0 && n - next > kWidestGap)
      return fail(
          ErrorCode::bad_input,
          fmt::format("there is no sheet, and {} drawings are missing before {}", n - next, drawing.stem),
          "add a sheet to say what stands when", {.cel = cel});
    for (; next >= 0 && next < n; ++next) stand(std::to_string(next));
    stand(drawing.plain);
    next = n + 1;
  }
  frames = frame;
  return track;
}

Result<std::string> find_sheet(const Disk& disk, const LoadedCut& cut) {
  if (!cut.file.sheet.empty()) return cut.file.sheet;
  const auto names = disk.list(cut.folder);
  if (!names) return Failure(names.error());
  std::string found;
  for (const std::string& name : *names) {
    if (name.starts_with('.') || !(name.ends_with(".xdts") || name.ends_with(".xtds"))) continue;
    if (!found.empty())
      return fail(ErrorCode::bad_input, found + " and " + name + " are both sheets",
                  "name one: sheet = \"" + name + "\" under [cut]", {.file = cut.file.file});
    found = name;
  }
  return found;
}

using Scans = std::map<std::string, FoundDrawings>;  // by name of cel

Result<Scans> scan_cels(const Disk& disk, LoadedCut& cut) {
  Scans scans;
  for (const CelFile& cel : cut.file.cels) {
    if (!cel.image.empty() || cel.mixed()) continue;
    auto found = scan_drawings(disk, cut.folder, cel.drawings, cel.name);
    if (!found && found.error().code == ErrorCode::not_found)
      return fail(ErrorCode::not_found,
                  fmt::format("the folder {} of cel {} is missing", folder_of(cel.drawings), cel.name),
                  "make it, or mend drawings = \"...\"", {.file = cut.file.file, .line = cel.line});
    if (!found) return Failure(std::move(found.error()));
    if (found->drawings.empty())
      return fail(ErrorCode::bad_input, "the folder holds no drawing",
                  "save drawings named " + file_name(cel.drawings) + " with .png, .tga or .tif into it",
                  {.file = join_path(cut.folder, folder_of(cel.drawings)), .cel = cel.name});
    add(cut.notes, found->notes);
    scans.emplace(cel.name, std::move(*found));
  }
  return scans;
}

/// The sheet as read, or one by the numbers of the drawings.
Result<ExposureSheet> load_sheet(const Disk& disk, LoadedCut& cut, const Scans& scans, std::string& path) {
  auto name = find_sheet(disk, cut);
  if (!name) return Failure(std::move(name.error()));
  ExposureSheet sheet;
  if (name->empty()) {
    cut.notes.push_back({"no-sheet",
                         "there is no sheet: drawings stand on twos in the order of their numbers, the last "
                         "of a cel to the end",
                         {.file = cut.file.file}});
    for (const CelFile& cel : cut.file.cels) {
      if (!cel.image.empty() || cel.mixed()) continue;
      int frames = 0;
      auto track =
          track_by_number(scans.at(cel.name), cel.column, static_cast<int>(sheet.cels.size()), frames);
      if (!track) {
        track.error().where.file = cut.file.file;
        return Failure(std::move(track.error()));
      }
      sheet.duration = std::max(sheet.duration, frames);
      sheet.cels.push_back(std::move(*track));
    }
    for (const CelFile& cel : cut.file.cels) {
      if (!cel.mixed()) continue;
      // One that cannot be read is told where its cel is loaded.
      const double fps = cut.file.fps > 0 ? cut.file.fps : sheet.fps;
      if (const auto track = read_track_file(disk, join_path(cut.folder, cel.track), fps, 0))
        sheet.duration = std::max(sheet.duration, track->track.frames);
    }
    return sheet;
  }
  cut.texts.push_back(*name);
  path = join_path(cut.folder, *name);
  auto file = read_stable(disk, path);
  if (!file && file.error().code == ErrorCode::not_found)
    file.error().mend = "mend sheet = \"...\" in cut.toml, or export the sheet there";
  if (!file) return Failure(std::move(file.error()));
  auto read = read_sheet(file->bytes, path);
  if (!read) return Failure(std::move(read.error()));
  add(cut.notes, read->notes);
  for (SheetTrack& track : read->sheet.cels)
    for (SheetEntry& entry : track.entries)
      if (entry.mark == Mark::text) entry.name = tidy_name(entry.name);
  for (const SheetTrack& track : read->sheet.dialogue)
    for (SheetSpan& span : spans(track, read->sheet.duration)) cut.speech.push_back(std::move(span));
  return std::move(read->sheet);
}

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

/// The column of a cel: the first of exactly its name, else the first in any case.
const SheetTrack* find_column(const ExposureSheet& sheet, const std::string& column) {
  const auto lower = [](std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  };
  for (const SheetTrack& track : sheet.cels)
    if (trimmed(track.name) == column) return &track;
  for (const SheetTrack& track : sheet.cels)
    if (lower(tidy_name(trimmed(track.name))) == lower(tidy_name(column))) return &track;
  return nullptr;
}

Result<std::optional<Charts>> load_charts(const Disk& disk, LoadedCut& cut, const CelFile& cel) {
  const bool named = !cel.charts.empty();
  cut.texts.push_back(named ? cel.charts : join_path(folder_of(cel.drawings), "charts.toml"));
  const std::string path = join_path(cut.folder, cut.texts.back());
  if (!named && !disk.stamp(path).exists) return std::optional<Charts>();
  auto text = read_stable_text(disk, path);
  if (!text) return Failure(std::move(text.error()));
  auto charts = read_charts(*text, path);
  if (!charts) return Failure(std::move(charts.error()));
  return std::optional<Charts>(std::move(*charts));
}

Result<Fixes> load_fixes(const Disk& disk, LoadedCut& cut, const CelFile& cel) {
  cut.texts.push_back("fixes/" + cel.name + ".toml");
  const std::string path = join_path(cut.folder, cut.texts.back());
  if (!disk.stamp(path).exists) return Fixes{path, {}, {}};
  auto text = read_stable_text(disk, path);
  if (!text) return Failure(std::move(text.error()));
  return read_fixes(*text, path);
}

void lose(LoadedCut& cut, LoadedCel& cel, const Fix& fix, const std::string& why) {
  Note note = lost_note(fix, cel.fixes.file, why);
  note.where.cel = cel.file.name;
  cut.notes.push_back(std::move(note));
  cel.lost_fixes.push_back(fix.id);
}

LoadedDrawing* find_drawing(LoadedCel& cel, const std::string& name) {
  for (LoadedDrawing& drawing : cel.drawings)
    if (same_drawing(drawing.plan.name, name, cel.file.name) || drawing.stem == name) return &drawing;
  return nullptr;
}

void apply_spacing(LoadedCut& cut, LoadedCel& cel, const Fix& fix) {
  LoadedDrawing* drawing = find_drawing(cel, fix.drawing);
  if (!drawing) return lose(cut, cel, fix, "there is no drawing " + fix.drawing + " on the sheet");
  if (drawing->plan.state != DrawingState::inbetween)
    return lose(cut, cel, fix, drawing->stem + " is drawn by hand now");
  if (fix.at.empty()) {
    drawing->plan.t = fix.t;
  } else {
    drawing->plan.groups.push_back({fix.id, fix.t, true, fix.at.front().x, fix.at.front().y});
  }
  drawing->fixes.push_back(fix.id);
}

/// A picture that a person approved and that is gone from its place beside the fixes; empty: none.
std::string missing_approved(const Disk& disk, const LoadedCut& cut, const Fix& fix) {
  if (fix.kind != FixKind::approve) return {};
  for (const std::string& picture : {fix.lines, fix.painted})
    if (!picture.empty() && !disk.stamp(join_path(cut.folder, picture)).exists) return picture;
  return {};
}

/// Applies spacing fixes, and reports those whose drawings or approved pictures are gone. The other kinds are
/// the stages' own.
void apply_fixes(const Disk& disk, LoadedCut& cut, LoadedCel& cel) {
  for (Fix& fix : cel.fixes.fixes) {
    if (fix.kind == FixKind::spacing) {
      apply_spacing(cut, cel, fix);
      continue;
    }
    if (fix.kind == FixKind::unknown) continue;
    if (!fix.of_pair()) {
      const LoadedDrawing* drawing = find_drawing(cel, fix.drawing);
      if (!drawing) {
        lose(cut, cel, fix, "there is no drawing " + fix.drawing + " on the sheet");
      } else if (const std::string picture = missing_approved(disk, cut, fix); !picture.empty()) {
        lose(cut, cel, fix, "the approved picture " + picture + " is gone, so the drawing is made anew");
      }
      continue;
    }
    LoadedDrawing* from = find_drawing(cel, fix.from);
    LoadedDrawing* to = find_drawing(cel, fix.to);
    const auto index = [&](const LoadedDrawing* d) { return static_cast<int>(d - cel.drawings.data()); };
    const auto neighbours = [&](int a, int b) {
      return std::any_of(cel.drawings.begin(), cel.drawings.end(),
                         [&](const LoadedDrawing& d) { return d.from == a && d.to == b; });
    };
    if (!from || !to || (!neighbours(index(from), index(to)) && !neighbours(index(to), index(from))))
      lose(cut, cel, fix, fix.from + " and " + fix.to + " are not neighbouring keys any more");
  }
}

/// The sound that cut.toml names, else voice/ID.wav where there is one.
Result<std::string> find_voice(const Disk& disk, const LoadedCut& cut) {
  const std::string usual = "voice/" + cut.file.id + ".wav";
  if (cut.file.voice.empty()) return disk.stamp(join_path(cut.folder, usual)).exists ? usual : std::string();
  if (!disk.stamp(join_path(cut.folder, cut.file.voice)).exists)
    return fail(ErrorCode::not_found, "the sound " + cut.file.voice + " is missing",
                "save it there, or mend voice = \"...\"", {.file = cut.file.file});
  return cut.file.voice;
}

/// The names of the files of every drawing, and who is between whom.
Result<void> name_drawings(const Disk& disk, LoadedCut& cut, LoadedCel& cel, const FoundDrawings& found,
                           const CelPlan& plan) {
  std::map<std::string, std::string> painted;
  if (disk.stamp(join_path(cut.folder, cel.file.painted)).folder) {
    const auto scan = scan_drawings(disk, cut.folder,
                                    join_path(cel.file.painted, file_name(cel.file.drawings)), cel.file.name);
    if (!scan) return Failure(scan.error());
    for (const FoundDrawing& each : scan->drawings) painted[each.plain] = each.path;
  }
  std::map<std::string, int> index;
  std::map<std::string, std::string> stems;
  for (const PlannedDrawing& planned : plan.drawings) {
    LoadedDrawing drawing;
    drawing.plan = planned;
    const std::string plain = plain_of(planned.name, cel.file.name);
    const FoundDrawing* file = found.find(plain);
    if (planned.state == DrawingState::key && file) drawing.source = file->path;
    drawing.stem =
        file ? file->stem : file_name(drawing_path(cel.file.drawings, planned.name, cel.file.name));
    if (const auto it = painted.find(plain); it != painted.end()) drawing.painted = it->second;
    if (const auto [other, fresh] = stems.emplace(drawing.stem, planned.name); !fresh)
      return fail(ErrorCode::bad_input,
                  fmt::format("drawings \"{}\" and \"{}\" would have the same file {}", other->second,
                              planned.name, drawing.stem),
                  "rename one on the sheet", {.file = cut.file.file, .cel = cel.file.name});
    index.emplace(planned.name, static_cast<int>(cel.drawings.size()));
    cel.drawings.push_back(std::move(drawing));
  }
  for (LoadedDrawing& drawing : cel.drawings) {
    if (drawing.plan.state != DrawingState::inbetween) continue;
    drawing.from = index.at(drawing.plan.from);
    drawing.to = index.at(drawing.plan.to);
  }
  return {};
}

Result<LoadedCel> load_cel(const Disk& disk, LoadedCut& cut, const CelFile& file, const ExposureSheet& sheet,
                           const std::string& sheet_path, const Scans& scans) {
  LoadedCel cel;
  cel.file = file;
  cel.image = file.image;
  const SheetTrack* column = find_column(sheet, file.column);
  if (cel.still()) {
    if (!disk.stamp(join_path(cut.folder, file.image)).exists)
      return fail(ErrorCode::not_found, "the picture " + file.image + " of cel " + file.name + " is missing",
                  "save it there, or mend image = \"...\"", {.file = cut.file.file, .line = file.line});
    cel.at.assign(static_cast<std::size_t>(sheet.duration), 0);
    if (!column || column->entries.empty()) return cel;
    const ResolvedCel resolved = resolve(*column, sheet.duration);
    if (!resolved.drawings.empty())
      for (std::size_t i = 0; i < cel.at.size(); ++i) cel.at[i] = resolved.at[i] < 0 ? -1 : 0;
    return cel;
  }
  if (!column) {
    std::string names;
    for (const SheetTrack& track : sheet.cels) names += (names.empty() ? "" : ", ") + trimmed(track.name);
    return fail(ErrorCode::bad_input,
                fmt::format("cel {} has no column on the sheet (it has: {})", file.name, names),
                "rename the cel, or add column = \"...\"", {.file = cut.file.file, .line = file.line});
  }

  const ResolvedCel resolved = resolve(*column, sheet.duration);
  const FoundDrawings& found = scans.at(file.name);
  std::set<std::string> existing;
  for (const FoundDrawing& drawing : found.drawings) existing.insert(drawing.plain);
  auto charts = load_charts(disk, cut, file);
  if (!charts) return Failure(std::move(charts.error()));
  const CelPlan plan = plan_cel(resolved, existing, *charts ? &**charts : nullptr);
  cel.at = resolved.at;

  for (Report notes : {resolved.notes, plan.notes})
    for (Note& note : notes) {
      note.where.cel = file.name;
      if (note.where.file.empty()) note.where.file = sheet_path.empty() ? cut.file.file : sheet_path;
      cut.notes.push_back(std::move(note));
    }
  if (auto named = name_drawings(disk, cut, cel, found, plan); !named)
    return Failure(std::move(named.error()));
  for (const int index : cel.at)
    if (index >= 0) ++cel.drawings[static_cast<std::size_t>(index)].frames;

  auto fixes = load_fixes(disk, cut, file);
  if (!fixes) return Failure(std::move(fixes.error()));
  cel.fixes = std::move(*fixes);
  add(cut.notes, cel.fixes.notes);
  apply_fixes(disk, cut, cel);
  return cel;
}

Result<void> check_drawings(const LoadedCut& cut, const std::string& sheet_path) {
  bool any_cel = false, any = false, any_key = false;
  for (const LoadedCel& cel : cut.cels) {
    any_cel = any_cel || !cel.still();
    any = any || !cel.drawings.empty();
    for (const LoadedDrawing& drawing : cel.drawings)
      any_key = any_key || drawing.plan.state == DrawingState::key;
  }
  if (cut.cels.empty())
    return fail(ErrorCode::bad_input, "the cut has no cel", "save drawings as A/A0001.png, or add [[cel]]",
                {.file = cut.file.file});
  if (any_cel && !any)
    return fail(ErrorCode::bad_input, "the sheet names no drawing of this cut's cels",
                "write drawings into the columns of the cels", {.file = sheet_path});
  if (any_cel && !any_key)
    return fail(ErrorCode::bad_input, "none of the drawings that the sheet names is in its cel's folder",
                "save the keys under the names of the sheet, such as A/A0001.png", {.file = sheet_path});
  return {};
}

void note_unused_columns(LoadedCut& cut, const ExposureSheet& sheet, const std::string& sheet_path) {
  for (const SheetTrack& track : sheet.cels) {
    const bool used = std::any_of(cut.cels.begin(), cut.cels.end(), [&](const LoadedCel& cel) {
      return find_column(sheet, cel.file.column) == &track;
    });
    const bool says = std::any_of(track.entries.begin(), track.entries.end(),
                                  [](const SheetEntry& entry) { return entry.mark == Mark::text; });
    if (!used && says)
      cut.notes.push_back({"column-unused",
                           "column \"" + trimmed(track.name) + "\" of the sheet has no cel in cut.toml",
                           {.file = sheet_path}});
  }
}

}  // namespace

bool same_drawing(const std::string& a, const std::string& b, const std::string& cel) {
  return plain_of(a, cel) == plain_of(b, cel);
}

std::vector<Fix> fixes_of_pair(const LoadedCel& cel, const LoadedDrawing& a, const LoadedDrawing& b) {
  const auto names = [&](const LoadedDrawing& d, const std::string& name) {
    return d.stem == name || same_drawing(d.plan.name, name, cel.file.name);
  };
  std::vector<Fix> fixes;
  for (Fix fix : cel.fixes.fixes) {
    const bool lost = std::find(cel.lost_fixes.begin(), cel.lost_fixes.end(), fix.id) != cel.lost_fixes.end();
    if (!fix.of_pair() || lost) continue;
    if (names(b, fix.from) && names(a, fix.to)) {
      std::swap(fix.from, fix.to);
      std::swap(fix.a, fix.b);
      std::swap(fix.like_a, fix.like_b);
      std::reverse(fix.path.begin(), fix.path.end());
      fix.in_first = !fix.in_first;
    } else if (!names(a, fix.from) || !names(b, fix.to)) {
      continue;
    }
    fixes.push_back(std::move(fix));
  }
  return fixes;
}

Result<LoadedCut> load_cut(const Disk& disk, const std::string& folder) {
  LoadedCut cut;
  cut.folder = folder;
  cut.texts.emplace_back("cut.toml");
  const Stamp place = disk.stamp(folder.empty() ? "." : folder);
  if (!place.exists)
    return fail(ErrorCode::not_found, "there is no such folder", "give the folder of a cut",
                {.file = folder});
  if (!place.folder)
    return fail(ErrorCode::bad_input, "is a file, no folder", "give the folder of a cut", {.file = folder});
  const std::string path = join_path(folder, "cut.toml");
  if (!disk.stamp(path).exists)
    return fail(ErrorCode::not_found, "there is no cut.toml in this folder",
                "make one (it may be empty), or start with: nakawari new " + folder, {.file = folder});
  auto text = read_stable_text(disk, path);
  if (!text) return Failure(std::move(text.error()));

  std::error_code ignored;
  const auto absolute = std::filesystem::weakly_canonical(std::filesystem::path(folder) / ".", ignored);
  std::string name =
      absolute.filename().empty() ? absolute.parent_path().filename().string() : absolute.filename().string();
  auto file = read_cut_file(*text, path, name.empty() ? "cut" : name);
  if (!file) return Failure(std::move(file.error()));
  cut.file = std::move(*file);
  add(cut.notes, cut.file.notes);
  if (cut.file.cels.empty()) {
    auto cels = cels_by_folder(disk, folder);
    if (!cels) return Failure(std::move(cels.error()));
    cut.file.cels = std::move(*cels);
  }

  auto scans = scan_cels(disk, cut);
  if (!scans) return Failure(std::move(scans.error()));
  std::string sheet_path;
  auto sheet = load_sheet(disk, cut, *scans, sheet_path);
  if (!sheet) return Failure(std::move(sheet.error()));
  cut.fps = cut.file.fps > 0 ? cut.file.fps : sheet->fps;
  cut.frames = sheet->duration;
  for (const CelFile& cel : cut.file.cels) {
    auto loaded =
        cel.mixed() ? load_face_cel(disk, cut, cel) : load_cel(disk, cut, cel, *sheet, sheet_path, *scans);
    if (!loaded) return Failure(std::move(loaded.error()));
    if (!cel.face.empty() && !cel.mixed()) {
      auto names = load_face_sheet(disk, cut, cel);
      if (!names) return Failure(std::move(names.error()));
      loaded->names = std::move(*names);
    }
    cut.cels.push_back(std::move(*loaded));
  }
  if (auto good = check_drawings(cut, sheet_path.empty() ? path : sheet_path); !good)
    return Failure(std::move(good.error()));
  note_unused_columns(cut, *sheet, sheet_path);
  auto voice = find_voice(disk, cut);
  if (!voice) return Failure(std::move(voice.error()));
  cut.voice = std::move(*voice);
  return cut;
}

}  // namespace nakawari
