#include "check/look.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "check/open_edges.h"
#include "check/strokes.h"
#include "image/components.h"
#include "image/page_part.h"
#include "image/paper.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

/// Longest run of line pixels across which two regions count as neighbours, px at 1920.
constexpr double kAcross = 14;
/// The flow picture is at most this wide or high: finer adds time, not truth, since places are put onto lines
/// afterwards.
constexpr int kFlowSide = 1024;
/// Colours of altered line pixels that are told apart; more is another picture.
constexpr std::size_t kMostColours = 16;
/// Paint of so many colours is graded; and so many are counted one by one.
constexpr std::size_t kGradedColours = 8, kMostTold = 64;

bool is_pure(Rgba8 c) {
  if (c.a == 0 || c == kPaper) return true;
  constexpr std::array kInks{Ink::black, Ink::red, Ink::blue, Ink::green, Ink::yellow};
  return std::any_of(kInks.begin(), kInks.end(), [&](Ink ink) { return c == ink_colour(ink); });
}

std::uint32_t packed(Rgba8 c) {
  return c.a == 0 ? 0U
                  : static_cast<std::uint32_t>(c.r) << 24 | static_cast<std::uint32_t>(c.g) << 16 |
                        static_cast<std::uint32_t>(c.b) << 8 | c.a;
}

Rgba8 unpacked(std::uint32_t v) {
  return {static_cast<std::uint8_t>(v >> 24), static_cast<std::uint8_t>(v >> 16),
          static_cast<std::uint8_t>(v >> 8), static_cast<std::uint8_t>(v)};
}

/// White paper in a painted picture without alpha is no paint.
Rgba8 paint_at(const Raster& painted, bool has_alpha, std::size_t i) {
  const Rgba8 c = painted.data[i];
  if (c.a == 0 || (!has_alpha && c == kPaper)) return kClear;
  return c;
}

void find_labels(const LineImage& lines, Seen& seen) {
  Mask open = barrier_mask(lines);
  for (std::uint8_t& pixel : open.data) pixel = pixel == 0;
  Components found = connected_components(open, Connectivity::four);
  seen.label = std::move(found.label);
  seen.regions.resize(found.components.size());
  for (std::size_t i = 0; i < seen.regions.size(); ++i) {
    const Component& c = found.components[i];
    SeenRegion& r = seen.regions[i];
    r.area = c.area;
    r.left = c.left;
    r.top = c.top;
    r.right = c.right;
    r.bottom = c.bottom;
    r.centre = {c.centre_x + 0.5, c.centre_y + 0.5};
    r.touches_edge = c.touches_edge;
  }
  // A place inside: the middle of the region's longest run in the row of its centre, else of its first row.
  std::vector<int> longest(seen.regions.size(), 0);
  for (int y = 0; y < seen.label.height; ++y) {
    for (int x = 0; x < seen.label.width;) {
      const std::int32_t l = seen.label(x, y);
      int end = x + 1;
      while (end < seen.label.width && seen.label(end, y) == l) ++end;
      if (l > 0) {
        SeenRegion& r = seen.regions[l - 1];
        r.outline += (x > 0) + (end < seen.label.width);
        const double n = end - x, u = (x + end) / 2.0 - r.centre.x, v = y + 0.5 - r.centre.y;
        r.xx += n * u * u + n * (n * n - 1) / 12;
        r.xy += n * u * v;
        r.yy += n * v * v;
        const bool middle = y == static_cast<int>(r.centre.y);
        const int rank = middle ? (end - x) + seen.label.width : end - x;
        if (rank > longest[l - 1]) {
          longest[l - 1] = rank;
          r.inside = {(x + end) / 2 + 0.5, y + 0.5};
        }
      }
      x = end;
    }
  }
  for (SeenRegion& r : seen.regions) {
    r.xx /= r.area;
    r.xy /= r.area;
    r.yy /= r.area;
  }
  for (int y = 1; y < seen.label.height; ++y) {
    for (int x = 0; x < seen.label.width; ++x) {
      const std::int32_t a = seen.label(x, y - 1), b = seen.label(x, y);
      if (a == b) continue;
      if (a > 0) ++seen.regions[a - 1].outline;
      if (b > 0) ++seen.regions[b - 1].outline;
    }
  }
}

/// Columns as rows, in blocks that fit the cache.
Grid<std::int32_t> turned(const Grid<std::int32_t>& grid) {
  constexpr int kBlock = 32;
  Grid<std::int32_t> out(grid.height, grid.width);
  for (int top = 0; top < grid.height; top += kBlock)
    for (int left = 0; left < grid.width; left += kBlock)
      for (int x = left; x < std::min(left + kBlock, grid.width); ++x)
        for (int y = top; y < std::min(top + kBlock, grid.height); ++y) out(y, x) = grid(x, y);
  return out;
}

/// Which regions face each other across a line: one look along every row and every column.
void find_contacts(const LineImage& lines, Seen& seen) {
  struct Met {
    int length = 0;
    std::array<int, 6> ink{};
    std::vector<Vec2> at;
  };
  std::map<std::pair<int, int>, Met> met;
  const int most = std::max(3, static_cast<int>(std::lround(seen.px(kAcross))));
  const auto walk = [&](const Grid<std::int32_t>& label, auto&& ink_at, auto&& place) {
    for (int k = 0; k < label.height; ++k) {
      const std::int32_t* row = label.data.data() + label.index(0, k);
      int last = 0, since = 0;
      for (int i = 0; i < label.width; ++i) {
        const std::int32_t l = row[i];
        if (l == 0) {
          ++since;
          continue;
        }
        if (since > 0 && last > 0 && l != last && since <= most) {
          Met& m = met[std::minmax(last - 1, l - 1)];
          ++m.length;
          ++m.ink[static_cast<std::size_t>(ink_at(k, i - 1 - since / 2))];
          m.at.push_back(place(k, i - since / 2));
        }
        last = l;
        since = 0;
      }
    }
  };
  walk(
      seen.label, [&](int k, int i) { return lines.ink(i, k); },
      [](int k, int i) { return Vec2{i + 0.0, k + 0.5}; });
  walk(
      turned(seen.label), [&](int k, int i) { return lines.ink(k, i); },
      [](int k, int i) { return Vec2{k + 0.5, i + 0.0}; });
  for (const auto& [pair, m] : met) {
    const auto ink = std::max_element(m.ink.begin() + 1, m.ink.end()) - m.ink.begin();
    seen.contacts.push_back(
        {pair.first, pair.second, m.length, static_cast<Ink>(ink), m.at[m.at.size() / 2]});
  }
}

void colour_regions(const Raster& painted, bool has_alpha, Seen& seen) {
  // Runs make this cheap: most of a row holds one colour. Of graded paint the first colours will do.
  std::vector<std::vector<std::pair<std::uint32_t, int>>> tally(seen.regions.size());
  const auto add = [&](std::int32_t region, std::uint32_t colour, int n) {
    SeenRegion& r = seen.regions[region];
    const Rgba8 rgba = unpacked(colour);
    r.mean[0] += n * rgba.r;
    r.mean[1] += n * rgba.g;
    r.mean[2] += n * rgba.b;
    for (auto& [c, count] : tally[region])
      if (c == colour) {
        count += n;
        return;
      }
    if (tally[region].size() < kMostTold || colour == 0) tally[region].emplace_back(colour, n);
  };
  struct Run {
    std::int32_t label;
    std::uint32_t colour;
    int x, y, length;
  };
  std::vector<Run> runs;
  for (int y = 0; y < seen.height; ++y) {
    const std::size_t row = seen.label.index(0, y);
    const std::int32_t* label = seen.label.data.data() + row;
    const Rgba8* paint = painted.data.data() + row;
    for (int x = 0; x < seen.width;) {
      int end = x + 1;
      while (end < seen.width && label[end] == label[x] && paint[end] == paint[x]) ++end;
      const std::uint32_t colour = packed(paint_at(painted, has_alpha, row + x));
      // Colours that differ and are no paint are one run.
      if (Run* last = runs.empty() ? nullptr : &runs.back();
          last != nullptr && last->y == y && last->label == label[x] && last->colour == colour)
        last->length += end - x;
      else
        runs.push_back({label[x], colour, x, y, end - x});
      x = end;
    }
  }
  std::map<std::uint32_t, ColourUse> uses;
  for (const auto& [l, c, x, y, n] : runs) {
    if (l > 0) add(l - 1, c, n);
    if (c == 0) continue;
    ColourUse& use = uses[c];
    if (use.area == 0 || (l > 0 && use.regions == 0)) use.at = {x + 0.5, y + 0.5};
    if (l > 0) use.regions = 1;
    use.area += n;
  }
  for (auto& [c, use] : uses) use.regions = 0;
  for (std::size_t r = 0; r < tally.size(); ++r) {
    const auto most = std::max_element(tally[r].begin(), tally[r].end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    SeenRegion& region = seen.regions[r];
    region.colour = unpacked(most->first);
    if (most->first != 0) ++uses[most->first].regions;
    const auto clear =
        std::find_if(tally[r].begin(), tally[r].end(), [](const auto& t) { return t.first == 0; });
    const int covered = region.area - (clear == tally[r].end() ? 0 : clear->second);
    for (double& v : region.mean) v /= std::max(1, covered);
    region.graded = tally[r].size() >= kGradedColours && 2 * most->second < covered;
  }
  for (const auto& [l, c, x, y, n] : runs) {
    if (l == 0) continue;
    SeenRegion& r = seen.regions[l - 1];
    if (r.graded && c != 0) uses[c].graded += n;
    if (c == 0) {
      if (r.clear == 0) r.clear_at = {x + 0.5, y + 0.5};
      r.clear += n;
    } else if (c != packed(r.colour)) {
      if (r.other == 0) {
        r.other_at = {x + 0.5, y + 0.5};
        r.other_colour = unpacked(c);
      }
      r.other += n;
    }
  }
  for (auto& [c, use] : uses) {
    use.colour = unpacked(c);
    seen.colours.push_back(use);
  }
  std::stable_sort(seen.colours.begin(), seen.colours.end(),
                   [](const ColourUse& a, const ColourUse& b) { return a.area > b.area; });
}

/// Colours within `reach` of a pixel of a trace line: a line that peeks out beside a main line takes the
/// colour beyond it.
void note_near(const Raster& painted, bool has_alpha, const Grid<std::int32_t>& label, int x, int y,
               const std::vector<std::pair<int, int>>& around, TracePiece& piece) {
  const std::int32_t self = label(x, y);
  for (const auto& [u, v] : around) {
    if (!label.contains(x + u, y + v)) continue;
    const std::size_t there = label.index(x + u, y + v);
    if (label.data[there] == self) continue;
    const Rgba8 c = paint_at(painted, has_alpha, there);
    if (std::find(piece.near.begin(), piece.near.end(), c) == piece.near.end()) piece.near.push_back(c);
  }
}

/// Eight directions, three steps each.
std::vector<std::pair<int, int>> places_around(int reach) {
  std::vector<std::pair<int, int>> places;
  for (int k = 1; k <= 3; ++k) {
    const int straight = reach * k / 3, slanted = straight * 7 / 10;
    places.insert(places.end(), {{straight, 0},
                                 {-straight, 0},
                                 {0, straight},
                                 {0, -straight},
                                 {slanted, slanted},
                                 {-slanted, -slanted},
                                 {slanted, -slanted},
                                 {-slanted, slanted}});
  }
  return places;
}

/// The part of the page that holds each ink.
std::map<Ink, PagePart> parts_of_inks(const Grid<Ink>& ink) {
  std::array<PagePart, 6> part{};
  for (int y = 0; y < ink.height; ++y) {
    const Ink* row = ink.data.data() + ink.index(0, y);
    for (int x = 0; x < ink.width; ++x) {
      if (row[x] == Ink::none || row[x] == Ink::black) continue;
      PagePart& p = part[static_cast<std::size_t>(row[x])];
      p = both(p, {x, y, 1, 1});
    }
  }
  std::map<Ink, PagePart> found;
  for (std::size_t i = 0; i < part.size(); ++i)
    if (part[i].width > 0) found[static_cast<Ink>(i)] = part[i];
  return found;
}

/// Every piece of trace line, the colour over it, the regions beside it.
void find_traces(const LineImage& lines, const Raster& painted, bool has_alpha, Seen& seen) {
  const int reach = std::max(6, static_cast<int>(std::lround(seen.px(kAcross))));
  const auto around = places_around(reach);
  for (const auto& [ink, part] : parts_of_inks(lines.ink)) {
    Mask mask(seen.width, seen.height);
    for (int y = part.y; y < part.y + part.height; ++y)
      for (int x = part.x; x < part.x + part.width; ++x) mask(x, y) = lines.ink(x, y) == ink;
    const Components pieces = connected_components(mask, Connectivity::eight);
    const std::size_t begin = seen.traces.size();
    std::vector<std::map<int, int>> sides(pieces.components.size());
    std::vector<std::map<std::uint32_t, int>> over(pieces.components.size());
    for (const Component& c : pieces.components)
      seen.traces.push_back({ink, c.area, {c.centre_x + 0.5, c.centre_y + 0.5}, kClear, {}, {}});
    for (int y = part.y; y < part.y + part.height; ++y) {
      for (int x = part.x; x < part.x + part.width; ++x) {
        const std::int32_t p = pieces.label(x, y);
        if (p == 0) continue;
        TracePiece& piece = seen.traces[begin + p - 1];
        if (over[p - 1].empty()) piece.at = {x + 0.5, y + 0.5};
        note_near(painted, has_alpha, pieces.label, x, y, around, piece);
        ++over[p - 1][packed(paint_at(painted, has_alpha, mask.index(x, y)))];
        for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
          if (mask.contains(x + dx, y + dy))
            if (const std::int32_t l = seen.label(x + dx, y + dy); l > 0) ++sides[p - 1][l - 1];
      }
    }
    for (std::size_t p = 0; p < sides.size(); ++p) {
      TracePiece& piece = seen.traces[begin + p];
      const auto most = std::max_element(over[p].begin(), over[p].end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
      piece.colour = unpacked(most->first);
      std::vector<std::pair<int, int>> order;
      for (const auto& [region, count] : sides[p])
        if (count >= 3) order.emplace_back(-count, region);
      std::sort(order.begin(), order.end());
      for (const auto& [count, region] : order) piece.sides.push_back(region);
    }
  }
}

void look_at_pixels(const Raster& source, const LineImage& lines, const std::optional<Raster>& painted,
                    bool has_alpha, Seen& seen) {
  int inked = 0;
  const std::uint8_t* coverage = lines.coverage.data.data();
  for (int y = 0; y < seen.height; ++y) {
    const std::size_t row = lines.coverage.index(0, y);
    for (int x = 0; x < seen.width; ++x) {
      const std::size_t i = row + x;
      if (coverage[i] == 0) continue;
      const Rgba8 c = source.data[i];
      const bool core = coverage[i] == 255;
      ++inked;
      if (!is_pure(c)) seen.odd_line.add(x, y, c);
      if (!painted || !core) continue;
      const Rgba8 p = paint_at(*painted, has_alpha, i);
      if (c != ink_colour(Ink::black) || p == c) continue;
      const auto known = std::find_if(seen.altered_line.begin(), seen.altered_line.end(),
                                      [&](const PixelFact& fact) { return fact.colour == p; });
      if (known != seen.altered_line.end())
        known->add(x, y, p);
      else if (seen.altered_line.size() < kMostColours)
        seen.altered_line.emplace_back().add(x, y, p);
    }
  }
  // A few odd pixels do not make a 2-value drawing a smooth one.
  constexpr double kFew = 0.05;
  seen.kind = seen.odd_line.count <= kFew * inked ? LineKind::two_value : LineKind::antialiased;
  if (seen.kind == LineKind::antialiased) seen.odd_line = {};
}

/// The lines at flow size.
LineImage reduced(const LineImage& lines, int zoom) {
  LineImage small;
  small.kind = lines.kind;
  const int w = (lines.width() + zoom - 1) / zoom, h = (lines.height() + zoom - 1) / zoom;
  small.coverage = Grid<std::uint8_t>(w, h);
  small.ink = Grid<Ink>(w, h, Ink::none);
  for (int y = 0; y < lines.height(); ++y) {
    const std::uint8_t* row = lines.coverage.data.data() + lines.coverage.index(0, y);
    for (int x = 0; x < lines.width(); ++x) {
      const std::uint8_t c = row[x];
      if (c == 0) continue;
      const std::size_t i = small.coverage.index(x / zoom, y / zoom);
      if (c <= small.coverage.data[i]) continue;
      small.coverage.data[i] = c;
      small.ink.data[i] = lines.ink(x, y);
    }
  }
  return small;
}

double density_of(const LineImage& lines, const SampleGraph& graph) {
  double sum = 0;
  int count = 0;
  for (const Sample& s : graph.samples) {
    const int x = static_cast<int>(s.position.x), y = static_cast<int>(s.position.y);
    // Lines thinner than this are half covered by nature.
    if (s.width < 1.8F || !lines.coverage.contains(x, y)) continue;
    std::uint8_t darkest = 0;
    for (int v = -1; v <= 1; ++v)
      for (int u = -1; u <= 1; ++u)
        if (lines.coverage.contains(x + u, y + v)) darkest = std::max(darkest, lines.coverage(x + u, y + v));
    sum += darkest;
    ++count;
  }
  return count > 0 ? sum / count / 255 : 1;
}

}  // namespace

int Seen::region_at(Vec2 p) const {
  const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
  return label.contains(x, y) ? label(x, y) - 1 : -1;
}

std::string hex(Rgba8 colour) {
  return fmt::format("#{:02X}{:02X}{:02X}", colour.r, colour.g, colour.b);
}

Result<Seen> look_at(CheckInput input) {
  Seen seen;
  seen.width = input.source.width;
  seen.height = input.source.height;
  if (seen.width == 0 || seen.height == 0)
    return fail(ErrorCode::bad_input, "the drawing has no size", {}, {.drawing = input.name});
  seen.scale = std::max(seen.width, seen.height) / 1920.0;
  const LineImage lines = classify_lines(input.source);
  const auto& painted = input.painted;
  if (painted && (painted->width != seen.width || painted->height != seen.height))
    return fail(ErrorCode::bad_input,
                fmt::format("its painted picture is {}x{}, the lines are {}x{}", painted->width,
                            painted->height, seen.width, seen.height),
                {}, {.drawing = input.name});
  if (input.traced) {
    seen.strokes = std::move(*input.traced);
  } else {
    auto traced = trace(lines);
    if (!traced) return Failure(std::move(traced.error()));
    seen.strokes = std::move(*traced);
  }
  find_labels(lines, seen);
  find_contacts(lines, seen);
  seen.has_paint = painted.has_value();
  bool has_alpha = false;
  if (painted) {
    has_alpha = !white_is_paper(*painted);
    colour_regions(*painted, has_alpha, seen);
    find_traces(lines, *painted, has_alpha, seen);
    find_open_edges(lines, *painted, has_alpha, input.around, seen);
  }
  look_at_pixels(input.source, lines, painted, has_alpha, seen);
  seen.graph = sample_graph(seen.strokes);
  seen.grid.emplace(seen.graph, std::max(8.0, 3 * seen.graph.spacing));
  seen.facts = stroke_facts(seen);
  seen.density = density_of(lines, seen.graph);
  seen.flow_zoom = std::max(1, (std::max(seen.width, seen.height) + kFlowSide - 1) / kFlowSide);
  seen.flow = prepare_flow(seen.flow_zoom == 1 ? lines : reduced(lines, seen.flow_zoom));
  input.source = {};
  input.painted.reset();
  input.traced.reset();
  input.around = nullptr;
  seen.given = std::move(input);
  return seen;
}

}  // namespace nakawari
