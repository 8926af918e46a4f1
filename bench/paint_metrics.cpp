#include "bench/paint_metrics.h"

#include <algorithm>
#include <map>

#include "base/check.h"

namespace nakawari::bench {
namespace {

// All clear pixels are alike, whatever colour hides under them.
std::uint32_t key_of(Rgba8 c) {
  if (c.a < 128) return 0;
  return 0xff000000U | static_cast<std::uint32_t>(c.r) << 16 | static_cast<std::uint32_t>(c.g) << 8 | c.b;
}

Rgba8 colour_of(std::uint32_t key) {
  if (key == 0) return kClear;
  return {static_cast<std::uint8_t>(key >> 16), static_cast<std::uint8_t>(key >> 8),
          static_cast<std::uint8_t>(key), 255};
}

double share(double part, double whole) {
  return whole > 0 ? part / whole : 1;
}

}  // namespace

Components regions_outside(const Mask& line) {
  Mask paper(line.width, line.height);
  for (std::size_t i = 0; i < line.data.size(); ++i) paper.data[i] = line.data[i] == 0;
  return connected_components(paper, Connectivity::four);
}

std::vector<Rgba8> majority_colours(const Components& regions, const Raster& picture) {
  std::vector<std::map<std::uint32_t, int>> counts(regions.components.size());
  for (std::size_t i = 0; i < picture.data.size(); ++i)
    if (const int label = regions.label.data[i]; label > 0)
      ++counts[static_cast<std::size_t>(label - 1)][key_of(picture.data[i])];
  std::vector<Rgba8> colours;
  for (const auto& count : counts) {
    std::uint32_t best = 0;
    int most = -1;
    for (const auto& [key, pixels] : count)
      if (pixels > most) {
        most = pixels;
        best = key;
      }
    colours.push_back(colour_of(best));
  }
  return colours;
}

PaintScore score_paint(const Components& regions, const Raster& truth, const Raster& ours,
                       const Mask& asked) {
  NAKAWARI_CHECK(truth.data.size() == regions.label.data.size() && ours.data.size() == truth.data.size());
  const std::vector<Rgba8> right = majority_colours(regions, truth), made = majority_colours(regions, ours);
  std::vector<int> asked_pixels(right.size());
  for (std::size_t i = 0; i < truth.data.size(); ++i) {
    const int label = regions.label.data[i];
    if (label == 0) continue;
    const std::size_t r = static_cast<std::size_t>(label - 1);
    if (!asked.empty() && asked.data[i] != 0) ++asked_pixels[r];
  }
  double n = 0, ok = 0, large = 0, large_ok = 0, area = 0, area_ok = 0, front = 0, front_ok = 0, both = 0,
         either = 0;
  double sure = 0, sure_ok = 0;
  for (std::size_t r = 0; r < right.size(); ++r) {
    const int a = regions.components[r].area;
    const bool same = key_of(right[r]) == key_of(made[r]), ground = right[r].a == 0,
               made_ground = made[r].a == 0;
    const bool unsure = 2 * asked_pixels[r] > a;
    n += 1;
    ok += same;
    if (a > kTinyRegion) {
      large += 1;
      large_ok += same;
      sure += !unsure;
      sure_ok += !unsure && same;
    }
    area += a;
    area_ok += same ? a : 0;
    front += ground ? 0 : a;
    front_ok += !ground && same ? a : 0;
    both += ground && made_ground ? a : 0;
    either += ground || made_ground ? a : 0;
  }
  PaintScore score;
  score.drawings = 1;
  score.acc = share(ok, n);
  score.acc_thres = share(large_ok, large);
  score.pix_acc = share(area_ok, area);
  score.pix_f_acc = share(front_ok, front);
  score.pix_b_miou = share(both, either);
  score.covered = share(sure, large);
  score.precision = share(sure_ok, sure);
  score.corrections = n - ok;
  score.large = large;
  score.sure = sure;
  score.sure_right = sure_ok;
  return score;
}

double impure_share(const Grid<std::int32_t>& region, const Raster& truth) {
  NAKAWARI_CHECK(region.data.size() == truth.data.size());
  std::map<std::int32_t, std::map<std::uint32_t, int>> seen;
  for (std::size_t i = 0; i < region.data.size(); ++i)
    if (region.data[i] > 0) ++seen[region.data[i]][key_of(truth.data[i])];
  double all = 0, pure = 0;
  for (const auto& [label, colours] : seen) {
    int most = 0;
    for (const auto& [key, pixels] : colours) {
      most = std::max(most, pixels);
      all += pixels;
    }
    pure += most;
  }
  return all > 0 ? 1 - pure / all : 0;
}

void score_trace(const Mask& trace, const Raster& truth, const Raster& ours, PaintScore& score) {
  const Components lines = connected_components(trace, Connectivity::eight);
  std::vector<int> same(lines.components.size());
  for (std::size_t i = 0; i < trace.data.size(); ++i)
    if (const int label = lines.label.data[i]; label > 0)
      same[static_cast<std::size_t>(label - 1)] += key_of(truth.data[i]) == key_of(ours.data[i]);
  for (std::size_t k = 0; k < same.size(); ++k) {
    score.trace += 1;
    score.trace_right += 2 * same[k] > lines.components[k].area;
  }
}

BestMargin best_margin(std::vector<JudgedRegion> judged, double precision) {
  std::stable_sort(judged.begin(), judged.end(),
                   [](const JudgedRegion& a, const JudgedRegion& b) { return a.confidence > b.confidence; });
  BestMargin best;
  double right = 0;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    right += judged[i].right;
    const double above = static_cast<double>(i + 1);
    // Regions of one confidence are above a threshold together or not at all.
    if (i + 1 < judged.size() && judged[i + 1].confidence == judged[i].confidence) continue;
    if (right >= precision * above) best = {judged[i].confidence, above / static_cast<double>(judged.size())};
  }
  return best;
}

PaintScore mean(const std::vector<PaintScore>& scores) {
  constexpr double PaintScore::* kMeans[] = {
      &PaintScore::acc,        &PaintScore::acc_thres, &PaintScore::pix_acc,     &PaintScore::pix_f_acc,
      &PaintScore::pix_b_miou, &PaintScore::impure,    &PaintScore::corrections, &PaintScore::clicks};
  constexpr double PaintScore::* kSums[] = {&PaintScore::large, &PaintScore::sure, &PaintScore::sure_right,
                                            &PaintScore::trace, &PaintScore::trace_right};
  PaintScore sum;
  for (const PaintScore& score : scores) {
    for (const auto field : kMeans) sum.*field += score.*field;
    for (const auto field : kSums) sum.*field += score.*field;
    sum.judged.insert(sum.judged.end(), score.judged.begin(), score.judged.end());
  }
  sum.drawings = static_cast<double>(scores.size());
  sum.covered = share(sum.sure, sum.large);
  sum.precision = share(sum.sure_right, sum.sure);
  if (scores.empty()) return sum;
  for (const auto field : kMeans) sum.*field /= sum.drawings;
  return sum;
}

}  // namespace nakawari::bench
