#include "paint/crop.h"

#include <algorithm>

namespace nakawari {
namespace {

template <typename T>
Grid<T> cut_out(const Grid<T>& page, const Crop& crop) {
  Grid<T> part(crop.width, crop.height);
  for (int y = 0; y < crop.height; ++y) {
    const auto row = page.data.begin() + static_cast<std::ptrdiff_t>(page.index(crop.x, crop.y + y));
    std::copy(row, row + crop.width, part.data.begin() + static_cast<std::ptrdiff_t>(part.index(0, y)));
  }
  return part;
}

/// The page around the part; outside every pixel is that of the part's rim nearest to it.
template <typename T>
Grid<T> widened(const Grid<T>& part, const Crop& crop, int width, int height) {
  Grid<T> page(width, height);
  for (int y = 0; y < height; ++y) {
    const int v = std::clamp(y - crop.y, 0, crop.height - 1);
    for (int x = 0; x < width; ++x) page(x, y) = part(std::clamp(x - crop.x, 0, crop.width - 1), v);
  }
  return page;
}

}  // namespace

Crop ink_bounds(const PaintJob& job) {
  // Room for a region around the outermost lines, so that they are sides of something.
  constexpr int kRim = 8;
  if (job.drawings.empty()) return {};
  const int width = job.drawings.front().lines.width(), height = job.drawings.front().lines.height();
  int left = width, top = height, right = -1, bottom = -1;
  for (const PaintDrawing& drawing : job.drawings) {
    const Grid<std::uint8_t>& ink = drawing.lines.coverage;
    for (int y = 0; y < height; ++y) {
      const auto row = ink.data.begin() + static_cast<std::ptrdiff_t>(ink.index(0, y));
      const auto first = std::find_if(row, row + width, [](std::uint8_t c) { return c != 0; });
      if (first == row + width) continue;
      int last = width - 1;
      while (ink(last, y) == 0) --last;
      left = std::min(left, static_cast<int>(first - row));
      right = std::max(right, last);
      top = std::min(top, y);
      bottom = std::max(bottom, y);
    }
  }
  if (right < 0) return {0, 0, width, height};
  left = std::max(left - kRim, 0);
  top = std::max(top - kRim, 0);
  return {left, top, std::min(right + kRim + 1, width) - left, std::min(bottom + kRim + 1, height) - top};
}

PaintJob cropped(const PaintJob& job, const Crop& crop) {
  const Vec2 corner{static_cast<double>(crop.x), static_cast<double>(crop.y)};
  PaintJob part;
  part.model = job.model;
  part.variant = job.variant;
  part.fixes = job.fixes;
  for (StyleFix& fix : part.fixes) fix.at = fix.at - corner;
  part.gap_fixes = job.gap_fixes;
  for (GapFix& fix : part.gap_fixes) {
    for (Vec2& point : fix.path) point = point - corner;
  }
  part.trace_fixes = job.trace_fixes;
  for (TraceFix& fix : part.trace_fixes) fix.at = fix.at - corner;
  for (const PaintDrawing& drawing : job.drawings) {
    PaintDrawing d;
    d.name = drawing.name;
    d.time = drawing.time;
    d.source = cut_out(drawing.source, crop);
    d.lines = {cut_out(drawing.lines.coverage, crop), cut_out(drawing.lines.ink, crop), drawing.lines.kind,
               drawing.lines.transparent_paper};
    if (drawing.painted) d.painted = cut_out(*drawing.painted, crop);
    d.made_from = drawing.made_from;
    part.drawings.push_back(std::move(d));
  }
  part.registrations = job.registrations;
  for (PaintRegistration& registration : part.registrations) {
    for (Anchor& anchor : registration.anchors) {
      anchor.here = anchor.here - corner;
      anchor.there = anchor.there - corner;
    }
  }
  return part;
}

void put_back(const Crop& crop, int width, int height, PaintResult& result) {
  for (PaintedDrawing& drawing : result.drawings) {
    drawing.painted = widened(drawing.painted, crop, width, height);
    drawing.region = widened(drawing.region, crop, width, height);
    for (PaintedRegion& region : drawing.regions) {
      region.x += crop.x;
      region.y += crop.y;
      region.area = 0;
    }
    for (const std::int32_t label : drawing.region.data) {
      if (label > 0) ++drawing.regions[static_cast<std::size_t>(label - 1)].area;
    }
    for (PaintedClosure& closure : drawing.closures) {
      const Vec2 corner{static_cast<double>(crop.x), static_cast<double>(crop.y)};
      closure.from = closure.from + corner;
      closure.to = closure.to + corner;
    }
    for (Reason& reason : drawing.judgement.reasons) {
      reason.x += crop.x;
      reason.y += crop.y;
    }
  }
}

}  // namespace nakawari
