#include "check/strokes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nakawari {
namespace {

/// Nothing is measured within this many widths of a stroke's ends: blobs of junctions, tapers.
constexpr double kEndWidths = 2;
/// Half of the window over which the course of a line is smoothed, px.
constexpr double kWindow = 14;

std::vector<double> lengths_along(const Stroke& stroke) {
  std::vector<double> along(stroke.points.size(), 0);
  for (std::size_t i = 1; i < along.size(); ++i)
    along[i] = along[i - 1] + distance(stroke.points[i - 1], stroke.points[i]);
  return along;
}

/// Mean width between `from` and `to` of the length, trapezes.
double mean_width(const Stroke& stroke, const std::vector<double>& along, double from, double to) {
  double sum = 0, length = 0;
  for (std::size_t i = 1; i < along.size(); ++i) {
    const double a = std::max(from, along[i - 1]), b = std::min(to, along[i]);
    if (b <= a) continue;
    sum += (b - a) * (stroke.widths[i - 1] + stroke.widths[i]) / 2;
    length += b - a;
  }
  return length > 0 ? sum / length : stroke.widths[stroke.widths.size() / 2];
}

/// Distance of each sample from a parabola fitted to its neighbourhood (Savitzky-Golay of order 2): nothing
/// on a smooth curve, the tremble of a trembling line. `visit(sample, distance)`.
template <typename Visit>
void tremble(const SampleGraph& graph, std::int32_t begin, std::int32_t end, Visit&& visit) {
  const int half = std::max(2, static_cast<int>(std::lround(kWindow / graph.spacing)));
  for (std::int32_t i = begin + half; i + half < end; ++i) {
    double s2 = 0, s4 = 0, n = 0;
    Vec2 y0, y2;
    for (int k = -half; k <= half; ++k) {
      const Vec2 p = graph.samples[i + k].position - graph.samples[i].position;
      const double q = static_cast<double>(k) * k;
      s2 += q;
      s4 += q * q;
      n += 1;
      y0 += p;
      y2 += p * q;
    }
    const Vec2 fitted = (y0 * s4 - y2 * s2) / (n * s4 - s2 * s2);
    visit(i, cross(graph.samples[i].tangent, fitted));
  }
}

/// RMS of the calmest part of a piece of line (a corner or a curl is local, a tremble is not), of the piece
/// where it is largest. Scaled to what a wave all along it has, of which tracing and smoothing take a sixth.
double roughness(const SampleGraph& graph, std::int32_t begin, std::int32_t end) {
  constexpr double kCalm = 0.7, kOfWave = 1.7, kPiece = 100;  // px
  std::vector<double> squares;
  tremble(graph, begin, end, [&](std::int32_t, double off) { squares.push_back(off * off); });
  const auto n = std::min(squares.size(), static_cast<std::size_t>(kPiece / graph.spacing));
  const auto calm = static_cast<std::ptrdiff_t>(kCalm * static_cast<double>(n));
  if (calm == 0) return 0;
  double most = 0;
  std::vector<double> piece;
  for (std::size_t i = 0; i + n <= squares.size(); i += std::max<std::size_t>(1, n / 4)) {
    piece.assign(squares.begin() + static_cast<std::ptrdiff_t>(i),
                 squares.begin() + static_cast<std::ptrdiff_t>(i + n));
    std::nth_element(piece.begin(), piece.begin() + calm, piece.end());
    most = std::max(most, std::accumulate(piece.begin(), piece.begin() + calm, 0.0));
  }
  return kOfWave * std::sqrt(most / static_cast<double>(calm));
}

StrokeClass class_of(const Seen& seen, const SampleGraph& graph, std::int32_t begin, std::int32_t end,
                     Ink ink) {
  if (ink != Ink::black) return StrokeClass::trace;
  int outside = 0, looked = 0;
  for (std::int32_t i = begin; i < end; i += 2) {
    const Sample& s = graph.samples[i];
    for (const double side : {-1.0, 1.0}) {
      const int r = seen.region_at(s.position + perpendicular(s.tangent) * (side * (s.width / 2 + 2)));
      if (r < 0) continue;
      outside += seen.regions[r].touches_edge;
    }
    ++looked;
  }
  return outside * 2 >= looked ? StrokeClass::outline : StrokeClass::inner;
}

void measure_tip(const Stroke& stroke, const std::vector<double>& along, int end, StrokeFacts& facts) {
  const double total = along.back();
  const auto at = [&](double s) {
    const double p = end == 0 ? s : total - s;
    return mean_width(stroke, along, std::max(0.0, p - 1), std::min(total, p + 1));
  };
  facts.tip[end] = facts.width > 0 ? at(std::min(2.0, total / 4)) / facts.width : 1;
  double s = 0;
  while (s < total / 2 && at(s) < 0.8 * facts.width) s += 1;
  facts.taper[end] = s / total;
}

}  // namespace

const char* word(StrokeClass kind) {
  switch (kind) {
    case StrokeClass::outline:
      return "outline";
    case StrokeClass::inner:
      return "inner";
    case StrokeClass::trace:
      return "trace";
  }
  return "inner";
}

Vec2 roughest_place(const SampleGraph& graph, std::int32_t begin, std::int32_t end) {
  // The most of a window of this many samples: one corner is no tremble.
  constexpr int kRun = 12;
  std::vector<std::pair<std::int32_t, double>> off;
  tremble(graph, begin, end, [&](std::int32_t i, double d) { off.emplace_back(i, d * d); });
  std::int32_t best = (begin + end) / 2;
  double most = -1, sum = 0;
  for (std::size_t k = 0; k < off.size(); ++k) {
    sum += std::min(off[k].second, 4.0);
    if (k >= kRun) sum -= std::min(off[k - kRun].second, 4.0);
    if (sum > most) {
      most = sum;
      best = off[k >= kRun / 2 ? k - kRun / 2 : 0].first;
    }
  }
  return graph.samples[best].position;
}

std::vector<StrokeFacts> stroke_facts(const Seen& seen) {
  std::vector<StrokeFacts> all(seen.strokes.strokes.size());
  for (std::size_t k = 0; k < all.size(); ++k) {
    const Stroke& stroke = seen.strokes.strokes[k];
    StrokeFacts& f = all[k];
    const std::vector<double> along = lengths_along(stroke);
    f.length = along.back();
    const double rough_width = stroke.widths[stroke.widths.size() / 2];
    const double margin = stroke.closed() ? 0 : std::min(kEndWidths * rough_width, f.length / 4);
    f.width = mean_width(stroke, along, margin, f.length - margin);
    const std::int32_t begin = seen.graph.first[k], end = seen.graph.first[k + 1];
    f.roughness = roughness(seen.graph, begin, end);
    f.kind = class_of(seen, seen.graph, begin, end, stroke.ink);
    if (stroke.closed()) continue;
    const auto free = [&](NodeId node) {
      if (node < 0 || seen.strokes.nodes[node].strokes.size() != 1) return false;
      const Vec2 p = seen.strokes.nodes[node].position;
      const double edge = std::min({p.x, p.y, seen.width - p.x, seen.height - p.y});
      return edge > 4;
    };
    f.free = {free(stroke.start), free(stroke.end)};
    for (const int e : {0, 1})
      if (f.free[e]) measure_tip(stroke, along, e, f);
  }
  return all;
}

}  // namespace nakawari
