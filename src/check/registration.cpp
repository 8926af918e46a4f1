#include "check/registration.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace nakawari {
namespace {

/// How far from where the motion carries it a line may lie, px at 1920: first, and once its stroke's own
/// slip is known.
constexpr double kFirstReach = 18, kReach = 9;
/// Lines may turn by this much (cosine) against the motion.
constexpr double kTurn = 0.7;
/// A place that lies farther than this beyond a line's end is not on the line, px.
constexpr double kBeyond = 3;
/// The slip of a stroke is the median over this many samples to both sides.
constexpr int kSlipWindow = 10;

/// The place on the line of `to` nearest to `q` that runs like `tangent`; sample -1 when none is in reach.
SampleHit nearest_on_lines(const Seen& to, Vec2 q, Vec2 tangent, double reach, Ink ink) {
  SampleHit hit{q, -1};
  double best = reach * reach;
  to.grid->visit(q, reach, [&](std::int32_t i) {
    const Sample& s = to.graph.samples[i];
    if (s.ink != ink || std::abs(dot(s.tangent, tangent)) < kTurn) return;
    const double d = length_squared(s.position - q);
    if (d < best || (d == best && i < hit.sample)) {
      best = d;
      hit.sample = i;
    }
  });
  if (hit.sample < 0) return hit;
  // Between samples the line is straight enough.
  const Sample& s = to.graph.samples[hit.sample];
  Vec2 place = s.position;
  double nearest = length_squared(place - q);
  for (const int step : {-1, 1}) {
    const std::int32_t k = hit.sample + step;
    if (k < 0 || k >= to.graph.size() || to.graph.samples[k].stroke != s.stroke) continue;
    const Vec2 a = s.position, d = to.graph.samples[k].position - a;
    const double along = length_squared(d);
    if (along <= 0) continue;
    const Vec2 p = a + d * std::clamp(dot(q - a, d) / along, 0.0, 1.0);
    if (length_squared(p - q) < nearest) {
      nearest = length_squared(p - q);
      place = p;
    }
  }
  // Across a line lies what moved; along it, past its end, there is none.
  if (std::abs(dot(q - place, s.tangent)) > kBeyond) return {q, -1};
  hit.place = place;
  return hit;
}

/// Median of the slips of found samples around each sample of a stroke.
std::vector<Vec2> slips(const SampleGraph& graph, const std::vector<Vec2>& predicted,
                        const std::vector<SampleHit>& hits) {
  std::vector<Vec2> slip(hits.size());
  for (std::size_t s = 0; s + 1 < graph.first.size(); ++s) {
    const std::int32_t begin = graph.first[s], end = graph.first[s + 1];
    for (std::int32_t i = begin; i < end; ++i) {
      std::vector<double> x, y;
      for (std::int32_t k = std::max(begin, i - kSlipWindow); k < std::min(end, i + kSlipWindow + 1); ++k) {
        if (hits[k].sample < 0) continue;
        x.push_back(hits[k].place.x - predicted[k].x);
        y.push_back(hits[k].place.y - predicted[k].y);
      }
      slip[i] = {median_of(std::move(x)), median_of(std::move(y))};
    }
  }
  return slip;
}

void put_on_lines(const Seen& from, const Seen& to, Track& track) {
  const auto& samples = from.graph.samples;
  std::vector<Vec2> predicted(samples.size());
  track.samples.resize(samples.size());
  const auto tangent_there = [&](const Sample& s) {
    return normalized(track.moved(s.position + s.tangent * 4.0) - track.moved(s.position - s.tangent * 4.0));
  };
  for (std::size_t i = 0; i < samples.size(); ++i) {
    predicted[i] = track.moved(samples[i].position);
    track.samples[i] = nearest_on_lines(to, predicted[i], tangent_there(samples[i]),
                                        std::max(8.0, to.px(kFirstReach)), samples[i].ink);
  }
  const std::vector<Vec2> slip = slips(from.graph, predicted, track.samples);
  int found = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    track.samples[i] = nearest_on_lines(to, predicted[i] + slip[i], tangent_there(samples[i]),
                                        std::max(4.5, to.px(kReach)), samples[i].ink);
    found += track.samples[i].sample >= 0;
  }
  track.found = samples.empty() ? 1 : static_cast<double>(found) / static_cast<double>(samples.size());
}

/// Samples of a region are looked up on a lattice as fine as the region needs; 0: not at all, like the sheet
/// around the character.
int stride_of(const SeenRegion& region) {
  if (region.touches_edge && !region.painted()) return 0;
  return region.area < 600 ? 1 : region.area < 8000 ? 2 : 4;
}

/// What the samples of one region landed in.
struct Votes {
  int looked = 0;
  std::map<int, int> region;
};

std::vector<Votes> votes_of(const Seen& from, const Seen& to, const Track& track) {
  std::vector<Votes> votes(from.regions.size());
  std::vector<int> stride(from.regions.size());
  std::transform(from.regions.begin(), from.regions.end(), stride.begin(), stride_of);
  for (int y = 0; y < from.height; ++y) {
    const std::int32_t* row = from.label.data.data() + from.label.index(0, y);
    for (int x = 0; x < from.width;) {
      const std::int32_t l = row[x];
      int end = x + 1;
      while (end < from.width && row[end] == l) ++end;
      const int step = l == 0 ? 0 : stride[l - 1];
      if (step > 0 && y % step == 0) {
        Votes& v = votes[l - 1];
        int* votes_there = nullptr;
        for (int i = (x + step - 1) / step * step, last = 0; i < end; i += step) {
          const int there = to.region_at(track.moved({i + 0.5, y + 0.5}));
          if (votes_there == nullptr || there != last) votes_there = &v.region[last = there];
          ++v.looked;
          ++*votes_there;
        }
      }
      x = end;
    }
  }
  return votes;
}

void follow_regions(const Seen& from, const Seen& to, Track& track) {
  const std::vector<Votes> votes = votes_of(from, to, track);
  track.regions.assign(from.regions.size(), {});
  for (std::size_t r = 0; r < votes.size(); ++r) {
    RegionHit& hit = track.regions[r];
    if (votes[r].looked == 0) continue;
    int most = 0, off_lines = 0;
    std::map<std::uint32_t, int> colours;
    for (const auto& [region, count] : votes[r].region) {
      if (region < 0) continue;
      off_lines += count;
      if (count > most) {
        most = count;
        hit.best = region;
      }
      const Rgba8 c = to.regions[region].colour;
      colours[c.a == 0 ? 0U
                       : static_cast<std::uint32_t>(c.r) << 16 | static_cast<std::uint32_t>(c.g) << 8 | c.b |
                             1U << 31] += count;
    }
    // Pixels that land on a line say nothing.
    if (off_lines == 0) continue;
    hit.share = static_cast<float>(most) / static_cast<float>(off_lines);
    for (const auto& [region, count] : votes[r].region)
      if (region >= 0 && 20 * count >= off_lines)
        hit.landed.emplace_back(region, static_cast<float>(count) / static_cast<float>(off_lines));
    const auto best = std::max_element(colours.begin(), colours.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    hit.colour_share = static_cast<float>(best->second) / static_cast<float>(off_lines);
    if (best->first != 0)
      hit.colour = {static_cast<std::uint8_t>(best->first >> 16), static_cast<std::uint8_t>(best->first >> 8),
                    static_cast<std::uint8_t>(best->first), 255};
  }
}

}  // namespace

Track register_in(const Seen& from, const Seen& to) {
  Track track;
  track.zoom = from.flow_zoom;
  // On less there is nothing to follow, and the flow refuses it.
  constexpr int kLeastSide = 12;
  const auto& near = from.flow.near;
  track.motion =
      std::max(near.width, near.height) < kLeastSide
          ? Motion{from.flow.step, Grid<float>(near.width, near.height), Grid<float>(near.width, near.height)}
          : dense_motion(from.flow, to.flow);
  put_on_lines(from, to, track);
  follow_regions(from, to, track);
  return track;
}

void follow_paint(const Seen& from, const Seen& to, Track& track) {
  follow_regions(from, to, track);
}

}  // namespace nakawari
