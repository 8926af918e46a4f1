#include "cut/load_face.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "cut/face_file.h"
#include "cut/face_track_file.h"
#include "cut/scan.h"
#include "face/expression_space.h"
#include "sheet/names.h"

namespace nakawari {
namespace {

/// The shares of the samples in each group: what tells one face of this cel from another.
std::vector<std::vector<double>> shares_of(const ExpressionSheet& sheet, const FaceMoment& moment) {
  std::vector<std::vector<double>> shares;
  for (const std::string& group : face_groups(sheet).names) {
    const auto own = std::find_if(moment.leading.begin(), moment.leading.end(),
                                  [&](const auto& each) { return each.first == group; });
    const Mixture& mixture = own == moment.leading.end() ? moment.mixture : own->second;
    shares.push_back(group_weights(sheet, group, after_mutes(sheet, mixture)).weights);
  }
  return shares;
}

/// The sample that all groups show alone, -1 when there is none.
int one_sample(const std::vector<std::vector<double>>& shares) {
  int found = -1;
  for (const auto& weights : shares) {
    const auto top = std::max_element(weights.begin(), weights.end());
    if (*top < 1) return -1;
    const int sample = static_cast<int>(top - weights.begin());
    if (found >= 0 && found != sample) return -1;
    found = sample;
  }
  return found;
}

/// The two samples with the largest shares over all groups; the second is -1 when there is one alone.
std::array<int, 2> largest_shares(const std::vector<std::vector<double>>& shares) {
  std::vector<double> sum(shares.empty() ? 1 : shares.front().size(), 0);
  for (const auto& weights : shares)
    for (std::size_t k = 0; k < weights.size(); ++k) sum[k] += weights[k];
  const auto first = std::max_element(sum.begin(), sum.end());
  const int nearest = static_cast<int>(first - sum.begin());
  *first = 0;
  const auto second = std::max_element(sum.begin(), sum.end());
  return {nearest, *second > 0 ? static_cast<int>(second - sum.begin()) : -1};
}

/// Collects the drawings of the cel: samples as keys when they are needed, faces in the order of the cut.
struct Collector {
  const Disk& disk;
  const LoadedCut& cut;
  LoadedCel& cel;
  std::map<int, int> of_sample;

  int sample(int k) {
    const auto [found, fresh] = of_sample.try_emplace(k, static_cast<int>(cel.drawings.size()));
    if (!fresh) return found->second;
    const std::string& source = cel.face->sources[static_cast<std::size_t>(k)];
    LoadedDrawing drawing;
    drawing.stem = file_stem(source);
    drawing.plan.name = cel.face->sheet.samples[static_cast<std::size_t>(k)].name;
    drawing.plan.state = DrawingState::key;
    drawing.plan.why = "a drawing of the expression sheet";
    drawing.source = source;
    if (disk.stamp(join_path(cut.folder, paint_beside(source))).exists)
      drawing.painted = paint_beside(source);
    cel.drawings.push_back(std::move(drawing));
    return found->second;
  }

  int face(FaceMoment moment, std::array<int, 2> nearest, const FoundDrawings* own) {
    const int number = static_cast<int>(cel.face->faces.size()) + 1;
    cel.face->faces.push_back(std::move(moment));
    // The second tells the painter more, where it is painted: those take part already.
    const auto next = of_sample.find(nearest[1]);
    const int first = sample(nearest[0]);
    cel.face->nearest.push_back({first, next == of_sample.end() ? -1 : next->second});
    LoadedDrawing drawing;
    drawing.plan.name = std::to_string(number);
    drawing.stem = file_name(drawing_path(cel.file.drawings, drawing.plan.name, cel.file.name));
    drawing.plan.state = DrawingState::inbetween;
    drawing.plan.why = "a face mixed by the track";
    drawing.face = number - 1;
    if (const FoundDrawing* drawn = own ? own->find(plain_name(drawing.plan.name, cel.file.name)) : nullptr) {
      drawing.plan.state = DrawingState::key;
      drawing.source = drawn->path;
      drawing.face = -1;
    }
    cel.drawings.push_back(std::move(drawing));
    return static_cast<int>(cel.drawings.size()) - 1;
  }
};

}  // namespace

std::string paint_beside(const std::string& source) {
  return join_path(join_path(folder_of(source), "paint"), file_stem(source) + ".png");
}

ExpressionSheet of_cel(const ExpressionSheet& sheet, const std::string& cel) {
  if (cel.empty()) return sheet;
  ExpressionSheet result = sheet;
  std::erase_if(result.parts, [&](const FacePart& part) { return !part.cel.empty() && part.cel != cel; });
  const auto known = [&](const std::string& name) {
    return std::any_of(result.parts.begin(), result.parts.end(),
                       [&](const FacePart& part) { return part.name == name || part.group == name; });
  };
  for (FaceSample& sample : result.samples) {
    std::erase_if(sample.pictures, [&](const SamplePicture& picture) { return picture.cel != cel; });
    const bool some = !sample.touches.empty();
    std::erase_if(sample.touches, [&](const std::string& name) { return !known(name); });
    std::erase_if(sample.binary, [&](const std::string& name) { return !known(name); });
    if (some && sample.touches.empty()) sample.pictures.clear();
  }
  std::erase_if(result.samples, [](const FaceSample& sample) { return sample.pictures.empty(); });
  const auto shown_in = [](const ExpressionSheet& by, const std::string& name) {
    return std::any_of(by.samples.begin(), by.samples.end(),
                       [&](const FaceSample& sample) { return sample.at.contains(name); });
  };
  for (FaceParameter& parameter : result.parameters)
    parameter.elsewhere = !shown_in(result, parameter.name) && shown_in(sheet, parameter.name);
  return result;
}

namespace {

/// An error of a file that cut.toml names under `key`.
Failure of_key(Error error, const char* key) {
  if (error.code == ErrorCode::not_found)
    error.mend = fmt::format("save it there, or mend {} = \"...\" in cut.toml", key);
  return Failure(std::move(error));
}

/// The whole sheet that a cel names.
Result<ExpressionSheet> whole_sheet(const Disk& disk, LoadedCut& cut, const CelFile& file) {
  const std::string path = join_path(cut.folder, file.face);
  const auto text = read_stable_text(disk, path);
  if (!text) return of_key(text.error(), "face");
  auto read = read_face_text(*text, path);
  if (!read) return Failure(std::move(read.error()));
  if (auto done = complete(read->sheet); !done) return Failure(std::move(done.error()));
  cut.texts.push_back(file.face);
  cut.notes.insert(cut.notes.end(), read->notes.begin(), read->notes.end());
  return std::move(read->sheet);
}

/// The cel's own part of it, every picture there.
Result<LoadedFaceSheet> own_sheet(const Disk& disk, const LoadedCut& cut, const CelFile& file,
                                  const ExpressionSheet& whole) {
  LoadedFaceSheet own{of_cel(whole, file.face_cel), {}};
  const auto& samples = own.sheet.samples;
  if (samples.empty() || !samples.front().at.empty())
    return fail(
        ErrorCode::bad_input, fmt::format("the sheet has no neutral drawing on a cel \"{}\"", file.face_cel),
        "mend face_cel = \"...\" in cut.toml", {.file = join_path(cut.folder, file.face), .cel = file.name});
  for (const FaceSample& sample : samples) {
    std::vector<std::string>& sources = own.sources.emplace_back();
    for (const SamplePicture& picture : sample.pictures) {
      sources.push_back(join_path(folder_of(file.face), picture.file));
      if (!disk.stamp(join_path(cut.folder, sources.back())).exists)
        return fail(ErrorCode::not_found, fmt::format("the picture of \"{}\" is missing", sample.name),
                    "save it there, or mend the sheet",
                    {.file = join_path(cut.folder, sources.back()), .cel = file.name});
    }
  }
  return own;
}

}  // namespace

Result<LoadedFaceSheet> load_face_sheet(const Disk& disk, LoadedCut& cut, const CelFile& file) {
  const auto whole = whole_sheet(disk, cut, file);
  if (!whole) return Failure(whole.error());
  return own_sheet(disk, cut, file, *whole);
}

Result<LoadedCel> load_face_cel(const Disk& disk, LoadedCut& cut, const CelFile& file) {
  LoadedCel cel;
  cel.file = file;
  const auto whole = whole_sheet(disk, cut, file);
  if (!whole) return Failure(whole.error());
  auto track = read_track_file(disk, join_path(cut.folder, file.track), cut.fps, cut.frames);
  if (!track) return of_key(track.error(), "track");
  cut.texts.push_back(file.track);
  for (const std::string& each : {track->sheet, track->mouths})
    if (!each.empty()) cut.texts.push_back(join_path(folder_of(file.track), each));
  cut.notes.insert(cut.notes.end(), track->notes.begin(), track->notes.end());
  const auto timeline = lay_out(track->track, *whole);
  if (!timeline) return Failure(timeline.error());
  auto sheet = own_sheet(disk, cut, file, *whole);
  if (!sheet) return Failure(std::move(sheet.error()));
  cel.face.emplace();
  cel.face->sheet = std::move(sheet->sheet);
  for (const auto& sources : sheet->sources) cel.face->sources.push_back(sources.front());
  const auto& samples = cel.face->sheet.samples;

  std::optional<FoundDrawings> own;
  if (disk.stamp(join_path(cut.folder, folder_of(file.drawings))).folder) {
    auto found = scan_drawings(disk, cut.folder, file.drawings, file.name);
    if (!found) return Failure(std::move(found.error()));
    own = std::move(*found);
  }
  Collector collect{disk, cut, cel, {}};
  // References take part whether they stand or not.
  for (std::size_t k = 0; k < samples.size(); ++k)
    if (disk.stamp(join_path(cut.folder, paint_beside(cel.face->sources[k]))).exists)
      collect.sample(static_cast<int>(k));
  std::vector<std::pair<std::vector<std::vector<double>>, int>> known;
  for (std::size_t f = 0; f < timeline->at.size(); ++f) {
    const FaceMoment& moment = timeline->faces[static_cast<std::size_t>(timeline->at[f])];
    auto shares = shares_of(cel.face->sheet, moment);
    auto found =
        std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.first == shares; });
    if (found == known.end()) {
      const int alone = one_sample(shares);
      const int index = alone >= 0 ? collect.sample(alone)
                                   : collect.face(moment, largest_shares(shares), own ? &*own : nullptr);
      found = known.insert(known.end(), {std::move(shares), index});
    }
    LoadedDrawing& drawing = cel.drawings[static_cast<std::size_t>(found->second)];
    if (drawing.frames++ == 0) drawing.plan.first_frame = static_cast<int>(f);
    cel.at.push_back(found->second);
  }
  return cel;
}

}  // namespace nakawari
