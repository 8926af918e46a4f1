// Chains are divided where their ink changes, so that a change of colour is a node.
#include <algorithm>
#include <limits>

#include "trace/centre_lines.h"

namespace nakawari::tracing {
namespace {

// Where a trace line ends in black this many times as wide as itself, that is a solid shape (a pupil under a
// highlight), not the blob of a crossing: the line must not take the shape's width for its own.
constexpr double kSolid = 4;

/// Median radius of a chain's trace line; infinite where it has none. Its tips are thinner.
double trace_line_radius(const LineImage& lines, const Skeleton& skeleton,
                         const std::vector<std::int32_t>& pixels) {
  std::vector<double> radius;
  for (const std::int32_t p : pixels)
    if (lines.ink.data[static_cast<std::size_t>(p)] != Ink::black) radius.push_back(disc_radius(skeleton, p));
  if (radius.empty()) return std::numeric_limits<double>::infinity();
  const auto middle = radius.begin() + static_cast<std::ptrdiff_t>(radius.size() / 2);
  std::nth_element(radius.begin(), middle, radius.end());
  return *middle;
}

}  // namespace

void split_at_ink_changes(PixelGraph& graph, const LineImage& lines, const Skeleton& skeleton) {
  const auto ink_at = [&](std::int32_t p) { return lines.ink.data[static_cast<std::size_t>(p)]; };
  const std::size_t count = graph.chains.size();
  for (std::size_t c = 0; c < count; ++c) {
    if (!graph.chains[c].alive) continue;
    const std::vector<std::int32_t> pixels = graph.chains[c].pixels;
    // Runs of one ink; short ones (a crossing's blob, a speck of fringe) join the run before them.
    std::vector<std::pair<std::size_t, Ink>> runs;  // first pixel, ink
    const double usual = trace_line_radius(lines, skeleton, pixels);
    const auto radius_of = [&](std::size_t begin, std::size_t end) {
      const double radius = disc_radius(skeleton, pixels[(begin + end - 1) / 2]);
      const bool ends = begin == 0 || end == pixels.size();
      return ends && ink_at(pixels[begin]) == Ink::black ? std::min(radius, kSolid * usual) : radius;
    };
    for (std::size_t i = 0; i < pixels.size();) {
      std::size_t j = i;
      while (j < pixels.size() && ink_at(pixels[j]) == ink_at(pixels[i])) ++j;
      const double least = 2 + 2 * radius_of(i, j);
      const bool is_short = static_cast<double>(j - i) < least;
      if (runs.empty() || (!is_short && runs.back().second != ink_at(pixels[i])))
        runs.emplace_back(i, ink_at(pixels[i]));
      i = j;
    }
    if (runs.size() > 1) {  // a short first run gives way to the next
      const double least = 2 + 2 * radius_of(0, runs[1].first);
      if (static_cast<double>(runs[1].first) < least) {
        runs[1].first = 0;
        runs.erase(runs.begin());
      }
    }
    if (runs.size() < 2) continue;
    const int end = graph.chains[c].joint[1];
    std::vector<int>& at_end = graph.joints[static_cast<std::size_t>(end)].chains;
    at_end.erase(std::find(at_end.begin(), at_end.end(), static_cast<int>(c)));
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const std::size_t from = runs[r].first,
                        to = r + 1 < runs.size() ? runs[r + 1].first : pixels.size() - 1;
      const int id = r == 0 ? static_cast<int>(c) : static_cast<int>(graph.chains.size());
      Chain piece;
      piece.pixels.assign(pixels.begin() + static_cast<long>(from),
                          pixels.begin() + static_cast<long>(to) + 1);
      piece.joint[0] = r == 0 ? graph.chains[c].joint[0] : static_cast<int>(graph.joints.size()) - 1;
      if (r > 0) graph.joints.back().chains.push_back(id);
      if (r + 1 < runs.size()) {
        Joint change;
        change.centre = graph.centre_of(pixels[to]);
        change.radius = disc_radius(skeleton, pixels[to]);
        change.chains.push_back(id);
        graph.joints.push_back(change);
        piece.joint[1] = static_cast<int>(graph.joints.size()) - 1;
      } else {
        piece.joint[1] = end;
        graph.joints[static_cast<std::size_t>(end)].chains.push_back(id);
      }
      if (r == 0)
        graph.chains[c] = std::move(piece);
      else
        graph.chains.push_back(std::move(piece));
    }
  }
  for (Joint& j : graph.joints) std::sort(j.chains.begin(), j.chains.end());
}

}  // namespace nakawari::tracing
