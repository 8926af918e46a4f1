#include "paint/crop.h"

#include <algorithm>

namespace nakawari {
namespace {

/// The page around the part; outside every pixel is that of the part's rim nearest to it.
template <typename T>
Grid<T> widened(const Grid<T>& part, const PagePart& crop, int width, int height) {
  Grid<T> page(width, height);
  for (int y = 0; y < height; ++y) {
    const int v = std::clamp(y - crop.y, 0, crop.height - 1);
    for (int x = 0; x < width; ++x) page(x, y) = part(std::clamp(x - crop.x, 0, crop.width - 1), v);
  }
  return page;
}

}  // namespace

PagePart ink_bounds(const PaintJob& job) {
  // Room for a region around the outermost lines, so that they are sides of something.
  constexpr int kRim = 8;
  PagePart part;
  for (const PaintDrawing& drawing : job.drawings)
    part = both(part, ink_bounds(drawing.lines.coverage, kRim));
  if (part.width > 0 || job.drawings.empty()) return part;
  return {0, 0, job.drawings.front().lines.width(), job.drawings.front().lines.height()};
}

PaintJob cropped(const PaintJob& job, const PagePart& crop) {
  const Vec2 corner{static_cast<double>(crop.x), static_cast<double>(crop.y)};
  PaintJob part;
  part.model = job.model;
  part.variant = job.variant;
  part.fixes = job.fixes;
  for (StyleFix& fix : part.fixes)
    fix.at = {std::clamp(fix.at.x - corner.x, 0.0, crop.width - 0.5),
              std::clamp(fix.at.y - corner.y, 0.0, crop.height - 0.5)};
  part.gap_fixes = job.gap_fixes;
  for (GapFix& fix : part.gap_fixes) {
    for (Vec2& point : fix.path) point = point - corner;
  }
  part.trace_fixes = job.trace_fixes;
  for (TraceFix& fix : part.trace_fixes) fix.at = fix.at - corner;
  part.ink_roles = job.ink_roles;
  for (const PaintDrawing& drawing : job.drawings) {
    PaintDrawing d;
    d.name = drawing.name;
    d.time = drawing.time;
    d.source = cut_out(drawing.source, crop);
    d.lines = cut_out(drawing.lines, crop);
    if (drawing.painted) d.painted = cut_out(*drawing.painted, crop);
    d.made_from = drawing.made_from;
    d.sheet = drawing.sheet;
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

void put_back(const PagePart& crop, int width, int height, PaintResult& result) {
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
    for (PaintedSpeck& speck : drawing.specks) {
      speck.x += crop.x;
      speck.y += crop.y;
    }
    for (Reason& reason : drawing.judgement.reasons) {
      reason.x += crop.x;
      reason.y += crop.y;
    }
  }
}

std::vector<double> page_areas(const RegionMap& map, const PagePart& crop, int width, int height) {
  // How many of the page's rows or columns show this one of the part.
  const auto shown = [](int at, int before, int size, int whole) {
    return 1 + (at == 0 ? before : 0) + (at + 1 == size ? whole - before - size : 0);
  };
  std::vector<double> areas(map.regions.size(), 0);
  for (int y = 0; y < crop.height; ++y) {
    const double rows = shown(y, crop.y, crop.height, height);
    for (int x = 0; x < crop.width; ++x)
      if (const std::int32_t label = map.label(x, y); label > 0)
        areas[static_cast<std::size_t>(label - 1)] += rows * shown(x, crop.x, crop.width, width);
  }
  return areas;
}

}  // namespace nakawari
