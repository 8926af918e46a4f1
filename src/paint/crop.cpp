#include "paint/crop.h"

#include <algorithm>
#include <type_traits>

#include "image/paper.h"

namespace nakawari {
namespace {

/// Room for a region around the outermost lines, so that they are sides of something.
constexpr int kRim = 8;

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

/// What `part` of the page shows, on another part that holds it; around it `empty`.
template <typename T>
Grid<T> framed(const Grid<T>& picture, const PagePart& part, const PagePart& frame, T empty) {
  Grid<T> grid(frame.width, frame.height, empty);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) grid(part.x - frame.x + x, part.y - frame.y + y) = picture(x, y);
  return grid;
}

bool is_whole(const PaintDrawing& drawing) {
  return drawing.part.width == 0 && drawing.source.width > 0;
}

/// The painted picture of a drawing that was cut to its ink: beside it as at its rim.
Raster painted_on(const PaintDrawing& drawing, const PagePart& frame) {
  if (drawing.part.width == 0) return Raster(frame.width, frame.height, kClear);
  const PagePart& part = drawing.part;
  return widened(*drawing.painted, {part.x - frame.x, part.y - frame.y, part.width, part.height}, frame.width,
                 frame.height);
}

void crop(const PagePart& part, PaintDrawing& drawing) {
  if (is_whole(drawing)) {
    if (drawing.painted) clear_paper(*drawing.painted);
    if (part.width == drawing.source.width && part.height == drawing.source.height) return;
    drawing.source = cut_out(drawing.source, part);
    drawing.lines = cut_out(drawing.lines, part);
    if (drawing.painted) drawing.painted = cut_out(*drawing.painted, part);
    return;
  }
  if (drawing.painted) drawing.painted = painted_on(drawing, part);
  const Rgba8 paper = drawing.lines.transparent_paper ? kClear : kPaper;
  drawing.source = framed(drawing.source, drawing.part, part, paper);
  drawing.lines.coverage = framed(drawing.lines.coverage, drawing.part, part, std::uint8_t{0});
  drawing.lines.ink = framed(drawing.lines.ink, drawing.part, part, Ink::none);
}

}  // namespace

void keep_ink(PaintDrawing& drawing) {
  if (!is_whole(drawing)) return;
  drawing.part = ink_bounds(drawing.lines.coverage, kRim);
  if (drawing.painted) clear_paper(*drawing.painted);
  const auto keep = [&](auto& grid) {
    using Kept = std::remove_reference_t<decltype(grid)>;
    grid = drawing.part.width > 0 ? cut_out(grid, drawing.part) : Kept();
  };
  keep(drawing.source);
  keep(drawing.lines.coverage);
  keep(drawing.lines.ink);
  if (drawing.painted) keep(*drawing.painted);
}

PaintPage page_of(const PaintJob& job) {
  PaintPage page{{}, job.width, job.height};
  for (const PaintDrawing& drawing : job.drawings) {
    if (page.width == 0) page = {page.crop, drawing.source.width, drawing.source.height};
    page.crop = both(page.crop, is_whole(drawing) ? ink_bounds(drawing.lines.coverage, kRim) : drawing.part);
  }
  if (page.crop.width == 0) page.crop = {0, 0, page.width, page.height};
  return page;
}

void crop(const PaintPage& page, PaintJob& job) {
  for (PaintDrawing& drawing : job.drawings) crop(page.crop, drawing);
  const Vec2 corner{static_cast<double>(page.crop.x), static_cast<double>(page.crop.y)};
  for (PaintRegistration& registration : job.registrations) {
    for (Anchor& anchor : registration.anchors) {
      anchor.here = anchor.here - corner;
      anchor.there = anchor.there - corner;
    }
  }
}

PaintFixes cropped(PaintFixes fixes, const PagePart& part) {
  const Vec2 corner{static_cast<double>(part.x), static_cast<double>(part.y)};
  for (StyleFix& fix : fixes.styles)
    fix.at = {std::clamp(fix.at.x - corner.x, 0.0, part.width - 0.5),
              std::clamp(fix.at.y - corner.y, 0.0, part.height - 0.5)};
  for (GapFix& fix : fixes.gaps) {
    for (Vec2& point : fix.path) point = point - corner;
  }
  for (TraceFix& fix : fixes.traces) fix.at = fix.at - corner;
  return fixes;
}

LineImage on_page(const LineImage& part, const PaintPage& page) {
  const PagePart whole{0, 0, page.width, page.height};
  LineImage lines = part;
  lines.coverage = framed(part.coverage, page.crop, whole, std::uint8_t{0});
  lines.ink = framed(part.ink, page.crop, whole, Ink::none);
  return lines;
}

void put_back(const PaintPage& page, PaintedDrawing& drawing) {
  const PagePart& part = page.crop;
  if (part.width == page.width && part.height == page.height) return;
  drawing.painted = widened(drawing.painted, part, page.width, page.height);
  drawing.region = widened(drawing.region, part, page.width, page.height);
  for (PaintedRegion& region : drawing.regions) {
    region.x += part.x;
    region.y += part.y;
    region.area = 0;
  }
  for (const std::int32_t label : drawing.region.data) {
    if (label > 0) ++drawing.regions[static_cast<std::size_t>(label - 1)].area;
  }
  const Vec2 corner{static_cast<double>(part.x), static_cast<double>(part.y)};
  for (PaintedClosure& closure : drawing.closures) {
    closure.from = closure.from + corner;
    closure.to = closure.to + corner;
  }
  for (PaintedSpeck& speck : drawing.specks) {
    speck.x += part.x;
    speck.y += part.y;
  }
  for (Reason& reason : drawing.judgement.reasons) {
    reason.x += part.x;
    reason.y += part.y;
  }
}

std::vector<double> page_areas(const RegionMap& map, const PaintPage& page) {
  // How many of the page's rows or columns show this one of the part.
  const auto shown = [](int at, int before, int size, int whole) {
    return 1 + (at == 0 ? before : 0) + (at + 1 == size ? whole - before - size : 0);
  };
  std::vector<double> areas(map.regions.size(), 0);
  for (int y = 0; y < page.crop.height; ++y) {
    const double rows = shown(y, page.crop.y, page.crop.height, page.height);
    for (int x = 0; x < page.crop.width; ++x)
      if (const std::int32_t label = map.label(x, y); label > 0)
        areas[static_cast<std::size_t>(label - 1)] +=
            rows * shown(x, page.crop.x, page.crop.width, page.width);
  }
  return areas;
}

}  // namespace nakawari
