#include "face/track.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

constexpr double kRound = 100;  // steps of a parameter
// Seeded blinks: shortest and longest distance in shares of the mean; seconds kept free around drawn ones.
constexpr double kSoonest = 0.6, kLatest = 1.6, kFreeSeconds = 0.5;

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  double next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }

 private:
  std::uint64_t state_;
};

double rounded(double value) {
  const double r = std::round(value * kRound) / kRound;
  return r == 0 ? 0 : r;  // no minus zero
}

/// The keys' mixture at a frame; `ease`: instead of theirs.
Mixture keyed(const FaceTrack& track, int frame, std::optional<SpacingWord> ease = {}) {
  if (track.keys.empty()) return {};
  std::size_t k = 0;
  while (k + 1 < track.keys.size() && track.keys[k + 1].frame <= frame) ++k;
  const FaceKey& here = track.keys[k];
  if (k + 1 == track.keys.size() || here.hold || frame <= here.frame) return here.mixture;
  const FaceKey& next = track.keys[k + 1];
  const double u =
      eased(ease.value_or(here.ease), static_cast<double>(frame - here.frame) / (next.frame - here.frame));
  Mixture mixture;
  for (const auto& [name, value] : here.mixture) mixture[name] += (1 - u) * value;
  for (const auto& [name, value] : next.mixture) mixture[name] += u * value;
  return mixture;
}

std::vector<FaceBlink> all_blinks(const FaceTrack& track) {
  std::vector<FaceBlink> blinks = track.blinks;
  if (track.blink_every > 0) {
    Random random(track.seed);
    const double free = kFreeSeconds * track.fps;
    double at = track.fps * track.blink_every * (0.3 + 0.7 * random.next());
    while (at < track.frames) {
      const int frame = static_cast<int>(at) / track.on * track.on;
      const bool near = std::any_of(track.blinks.begin(), track.blinks.end(),
                                    [&](const FaceBlink& b) { return std::abs(b.frame - frame) < free; });
      if (!near) blinks.push_back({frame, {}});
      at += track.fps * track.blink_every * (kSoonest + (kLatest - kSoonest) * random.next());
    }
  }
  return blinks;
}

Result<void> check(const FaceTrack& track, const ExpressionSheet& sheet) {
  const auto wrong = [&](std::string message, std::string mend, long line, int frame) {
    return fail(ErrorCode::bad_input, std::move(message), std::move(mend),
                {.file = track.file, .line = line, .frame = frame < 0 ? -1 : frame + 1});
  };
  for (std::size_t k = 0; k < track.keys.size(); ++k) {
    const FaceKey& key = track.keys[k];
    if (!key.drawing.empty() && find_sample(sheet, key.drawing) < 0)
      return wrong(fmt::format("the expression sheet has no drawing \"{}\"", key.drawing),
                   "use the names of its drawings", key.line, key.frame);
    if (auto known = check_mixture(sheet, key.mixture); !known) {
      Error error = std::move(known.error());
      error.where = {.file = track.file, .line = key.line, .frame = key.frame + 1};
      return Failure(std::move(error));
    }
    if (k > 0 && track.keys[k - 1].frame >= key.frame)
      return wrong("two keys stand at one frame, or out of order", "write keys by rising frame", key.line,
                   key.frame);
  }
  const FaceGroups groups = face_groups(sheet);
  for (const FaceLead& lead : track.leads)
    if (std::find(groups.names.begin(), groups.names.end(), lead.group) == groups.names.end())
      return wrong(fmt::format("\"{}\" is no part of the face", lead.group), "name a group of the sheet", -1,
                   -1);
  for (const FaceMouth& mouth : track.mouths)
    if (mouth.shape != "-" && find_parameter(sheet, mouth.shape) < 0)
      return wrong(fmt::format("the sheet has no mouth \"{}\"", mouth.shape),
                   "draw it, or map it to another in the track", -1, mouth.frame);
  const bool blinks = track.blink_every > 0 || !track.blinks.empty();
  if (blinks && find_parameter(sheet, track.blink) < 0)
    return wrong(fmt::format("the sheet has no drawing of \"{}\" to blink with", track.blink),
                 "draw closed eyes, or leave blinks out", -1, -1);
  return {};
}

void round(Mixture& mixture) {
  for (auto it = mixture.begin(); it != mixture.end();) {
    it->second = rounded(it->second);
    it = it->second == 0 ? mixture.erase(it) : std::next(it);
  }
}

}  // namespace

Result<FaceTimeline> lay_out(const FaceTrack& written, const ExpressionSheet& sheet) {
  if (auto good = check(written, sheet); !good) return Failure(std::move(good.error()));
  FaceTrack track = written;
  for (FaceKey& key : track.keys)
    if (!key.drawing.empty())
      key.mixture = sheet.samples[static_cast<std::size_t>(find_sample(sheet, key.drawing))].at;
  const int on = std::max(1, track.on);
  const std::vector<FaceBlink> blinks = all_blinks(track);
  FaceTimeline timeline;
  for (int frame = 0; frame < track.frames; ++frame) {
    const int shown = frame / on * on;
    FaceMoment moment;
    moment.mixture = keyed(track, shown);
    // What is the same for all groups: blinks and the mouth.
    Mixture extra;
    for (const FaceBlink& blink : blinks) {
      const auto& timing = blink.timing.empty() ? track.blink_timing : blink.timing;
      const int k = shown < blink.frame / on * on ? -1 : (shown - blink.frame / on * on) / on;
      if (k >= 0 && k < static_cast<int>(timing.size())) extra[track.blink] = timing[k];
    }
    const FaceMouth* said = nullptr;
    for (const FaceMouth& mouth : track.mouths)
      if (mouth.frame <= shown) said = &mouth;
    if (said && said->shape != "-") extra[said->shape] = 1;
    const auto finish = [&](Mixture& mixture) {
      for (const auto& [name, value] : extra) mixture[name] = value;
      round(mixture);
    };
    finish(moment.mixture);
    for (const FaceLead& lead : track.leads) {
      Mixture ahead = keyed(track, std::clamp(shown + lead.frames, 0, track.frames - 1), lead.ease);
      finish(ahead);
      if (ahead != moment.mixture) moment.leading.emplace_back(lead.group, std::move(ahead));
    }
    const auto found = std::find(timeline.faces.begin(), timeline.faces.end(), moment);
    timeline.at.push_back(static_cast<int>(found - timeline.faces.begin()));
    if (found == timeline.faces.end()) timeline.faces.push_back(std::move(moment));
  }
  return timeline;
}

SheetTrack column_of(const FaceTimeline& timeline, const std::string& cel) {
  SheetTrack column;
  column.name = cel;
  for (std::size_t f = 0; f < timeline.at.size(); ++f) {
    if (f > 0 && timeline.at[f] == timeline.at[f - 1]) continue;
    SheetEntry entry;
    entry.frame = static_cast<int>(f);
    entry.name = std::to_string(timeline.at[f] + 1);
    column.entries.push_back(std::move(entry));
  }
  return column;
}

FaceTrack track_from_column(const ResolvedCel& column, double fps) {
  FaceTrack track;
  track.fps = fps;
  track.on = 1;
  track.frames = static_cast<int>(column.at.size());
  for (const Exposure& exposure : column.exposures) {
    FaceKey key;
    key.frame = exposure.first_frame;
    key.hold = true;
    if (exposure.drawing >= 0) key.drawing = column.drawings[static_cast<std::size_t>(exposure.drawing)].name;
    track.keys.push_back(std::move(key));
  }
  return track;
}

}  // namespace nakawari
