#include "match/regions.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "image/components.h"
#include "image/distance.h"

namespace nakawari {
namespace {

void measure_regions(RegionMap& map, const Grid<float>& clearance) {
  const int width = map.label.width;
  for (int y = 0; y < map.label.height; ++y) {
    const std::int32_t* label = map.label.data.data() + map.label.index(0, y);
    const float* clear = clearance.data.data() + clearance.index(0, y);
    const int to_rows = std::min(y, map.label.height - 1 - y);
    for (int x = 0; x < width;) {
      const std::int32_t l = label[x];
      if (l == 0) {
        ++x;
        continue;
      }
      // Along a run the sums stay at hand.
      Region& region = map.regions[l - 1];
      const double dy = y - region.centre_y;
      double xx = region.xx, xy = region.xy, yy = region.yy;
      for (; x < width && label[x] == l; ++x) {
        const double dx = x - region.centre_x;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
        // The page's edge bounds a region like a line does.
        const double to_edge = 1 + std::min({x, width - 1 - x, to_rows});
        const double room = std::min<double>(clear[x], to_edge);
        if (room > region.inradius) {
          region.inradius = room;
          region.inside_x = x;
          region.inside_y = y;
        }
      }
      region.xx = xx;
      region.xy = xy;
      region.yy = yy;
    }
  }
  for (Region& region : map.regions) {
    region.xx /= region.area;
    region.xy /= region.area;
    region.yy /= region.area;
  }
}

/// Where a region meets one before it.
struct Contact {
  int other = 0, total = 0;
  std::array<int, 6> by_ink{};
};

/// Counts, for every pair of regions, the pixel edges at which their shares of the line meet.
void link_neighbours(RegionMap& map, const LineImage& lines) {
  std::vector<std::vector<Contact>> contacts(map.regions.size());
  const auto meet = [&](int x0, int y0, int x1, int y1) {
    const auto [low, high] = std::minmax({map.nearest(x0, y0), map.nearest(x1, y1)});
    if (low < 0) return;
    std::vector<Contact>& before = contacts[high];
    auto at = std::find_if(before.begin(), before.end(), [&](const Contact& c) { return c.other == low; });
    if (at == before.end()) at = before.insert(at, {low});
    ++at->total;
    const Ink ink = map.label(x0, y0) == 0 ? lines.ink(x0, y0) : lines.ink(x1, y1);
    ++at->by_ink[static_cast<std::size_t>(ink)];
  };
  const int width = map.nearest.width, height = map.nearest.height;
  for (int y = 0; y < height; ++y) {
    const std::int32_t* here = map.nearest.data.data() + map.nearest.index(0, y);
    const std::int32_t* below = y + 1 < height ? here + width : here;  // itself: no neighbour
    for (int x = 0; x < width; ++x) {
      if (x + 1 < width && here[x] != here[x + 1]) meet(x, y, x + 1, y);
      if (here[x] != below[x]) meet(x, y, x, y + 1);
    }
  }
  for (std::size_t high = 0; high < contacts.size(); ++high) {
    for (const Contact& contact : contacts[high]) {
      const auto most = std::max_element(contact.by_ink.begin() + 1, contact.by_ink.end());
      const Ink ink = *most > 0 ? static_cast<Ink>(most - contact.by_ink.begin()) : Ink::none;
      map.regions[high].neighbours.push_back({contact.other, contact.total, ink});
      map.regions[contact.other].neighbours.push_back({static_cast<int>(high), contact.total, ink});
    }
  }
  for (Region& region : map.regions) {
    std::sort(region.neighbours.begin(), region.neighbours.end(),
              [](const auto& a, const auto& b) { return a.region < b.region; });
  }
}

/// Breadth-first from the regions that touch the page's edge.
void measure_depth(RegionMap& map) {
  constexpr int kUnseen = -1;
  std::queue<int> open;
  for (std::size_t i = 0; i < map.regions.size(); ++i) {
    map.regions[i].depth = map.regions[i].touches_edge ? 0 : kUnseen;
    if (map.regions[i].touches_edge) open.push(static_cast<int>(i));
  }
  while (!open.empty()) {
    const Region& here = map.regions[open.front()];
    open.pop();
    for (const RegionNeighbour& next : here.neighbours) {
      Region& other = map.regions[next.region];
      if (other.depth != kUnseen) continue;
      other.depth = here.depth + 1;
      open.push(next.region);
    }
  }
  for (Region& region : map.regions) region.depth = std::max(region.depth, 0);
}

}  // namespace

RegionMap find_regions(const LineImage& lines, const Mask& closures) {
  Mask barrier = barrier_mask(lines);
  if (!closures.empty()) {
    for (std::size_t i = 0; i < barrier.data.size(); ++i) barrier.data[i] |= closures.data[i];
  }
  Mask open = barrier;
  for (std::uint8_t& pixel : open.data) pixel = pixel == 0;

  RegionMap map;
  Components found = connected_components(open, Connectivity::four);
  map.label = std::move(found.label);
  for (const Component& c : found.components) {
    Region region;
    region.area = c.area;
    region.left = c.left;
    region.top = c.top;
    region.right = c.right;
    region.bottom = c.bottom;
    region.centre_x = c.centre_x;
    region.centre_y = c.centre_y;
    region.touches_edge = c.touches_edge;
    map.regions.push_back(std::move(region));
  }
  const NearestPixels nearest = nearest_pixels(open);
  map.nearest = Grid<std::int32_t>(map.label.width, map.label.height, -1);
  for (std::size_t i = 0; i < nearest.index.data.size(); ++i) {
    const std::int32_t at = nearest.index.data[i];
    if (at >= 0) map.nearest.data[i] = map.label.data[at] - 1;
  }
  measure_regions(map, distance_to(barrier));
  link_neighbours(map, lines);
  measure_depth(map);
  return map;
}

}  // namespace nakawari
