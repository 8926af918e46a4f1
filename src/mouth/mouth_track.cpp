#include "mouth/mouth_track.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/check.h"

namespace nakawari {
namespace {

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers everywhere.
std::uint64_t next(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

void add(std::vector<MouthChange>& changes, int frame, const std::string& shape) {
  if (!changes.empty() && changes.back().frame == frame) changes.pop_back();
  if (changes.empty() || changes.back().shape != shape) changes.push_back({frame, shape});
}

}  // namespace

MouthTrack expose(const std::vector<MouthSpan>& spans, double fps, int frames, int on, int lead) {
  NAKAWARI_CHECK(on >= 1 && fps > 0);
  MouthTrack track{fps, frames, on, {}};
  add(track.changes, 0, kClosedMouth);
  for (int frame = 0; frame < frames; frame += on) {
    const double start = (frame + lead) / fps, end = (frame + on + lead) / fps;
    std::map<std::string, double> share;
    double filled = 0;
    for (const MouthSpan& span : spans) {
      const double both = std::min(end, span.end) - std::max(start, span.start);
      if (both <= 0) continue;
      share[span.shape] += both;
      filled += both;
    }
    share[kClosedMouth] += std::max(0.0, end - start - filled);
    std::string best = kClosedMouth;
    for (const auto& [shape, time] : share)
      if (time > share[best] + 1e-9) best = shape;
    add(track.changes, frame, best);
  }
  return track;
}

MouthTrack three_mouths(const std::vector<SheetSpan>& speech, double fps, int frames, int on,
                        std::uint64_t seed) {
  NAKAWARI_CHECK(on >= 1);
  MouthTrack track{fps, frames, on, {}};
  add(track.changes, 0, kClosedMouth);
  std::uint64_t state = seed;
  std::vector<std::string> bag;
  std::string last = kClosedMouth;
  for (const SheetSpan& span : speech) {
    const int end = std::min(frames, span.first_frame + span.frames);
    for (int frame = std::max(0, span.first_frame); frame < end; frame += on) {
      if (bag.empty()) {
        bag = {kClosedMouth, "mid", "open"};
        for (std::size_t k = bag.size() - 1; k > 0; --k) std::swap(bag[k], bag[next(state) % (k + 1)]);
      }
      // No mouth twice in a row: the next of the bag that differs.
      auto taken = std::find_if(bag.rbegin(), bag.rend(), [&](const std::string& s) { return s != last; });
      if (taken == bag.rend()) {
        // Only the same is left: it is set back and a fresh bag opened over it.
        std::vector<std::string> fresh{kClosedMouth, "mid", "open"};
        for (std::size_t k = fresh.size() - 1; k > 0; --k) std::swap(fresh[k], fresh[next(state) % (k + 1)]);
        bag.insert(bag.end(), fresh.begin(), fresh.end());
        taken = std::find_if(bag.rbegin(), bag.rend(), [&](const std::string& s) { return s != last; });
      }
      last = *taken;
      bag.erase(std::next(taken).base());
      add(track.changes, frame, last);
    }
    if (end < frames) add(track.changes, end, kClosedMouth);
    last = kClosedMouth;
  }
  return track;
}

SheetTrack mouth_column(const MouthTrack& track, const std::string& cel) {
  SheetTrack column;
  column.name = cel;
  for (const MouthChange& change : track.changes) {
    SheetEntry entry;
    entry.frame = change.frame;
    entry.name = change.shape == kClosedMouth ? "closed" : change.shape;
    column.entries.push_back(std::move(entry));
  }
  return column;
}

}  // namespace nakawari
