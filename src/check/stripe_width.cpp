// Stripes: the width of a stripe over that of its row, against the same stripe before and after.
#include <fmt/format.h>

#include <map>

#include "check/stripes.h"
#include "check/tools.h"
#include "match/chains.h"

namespace nakawari {
namespace {

constexpr double kStripeFail = 0.30;
constexpr double kStripeNoise = 2;       // px: two edges of whole pixels
constexpr double kStripeSmallest = 120;  // px2 at 1920
constexpr std::size_t kStripesLeast = 4;
constexpr double kStripesLike = 1.6;
constexpr double kStripeLands = 0.58;  // more than half: a half that a shadow cut off is another shape
constexpr double kStripeGrown = 0.6;   // of what its width is off by

/// The shapes of a drawing as those who look for rows want them.
std::vector<Region> as_regions(const Seen& seen, const Shapes& shapes) {
  std::vector<Region> regions(shapes.all.size());
  const double least = std::max(24.0, kStripeSmallest * seen.scale * seen.scale);
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const Shape& from = shapes.all[i];
    Region& to = regions[i];
    to.area = from.area;
    for (const int r : from.regions) {
      const SeenRegion& part = seen.regions[static_cast<std::size_t>(r)];
      to.centre_x += part.centre.x * part.area / from.area;
      to.centre_y += part.centre.y * part.area / from.area;
    }
    for (const int r : from.regions) {
      const SeenRegion& part = seen.regions[static_cast<std::size_t>(r)];
      const double x = part.centre.x - to.centre_x, y = part.centre.y - to.centre_y;
      to.xx += (part.xx + x * x) * part.area / from.area;
      to.xy += (part.xy + x * y) * part.area / from.area;
      to.yy += (part.yy + y * y) * part.area / from.area;
    }
    to.inradius = from.thickness() / 4;
    // What is too small, or has no paint, is no stripe.
    to.touches_edge = from.touches_edge || from.area < least ||
                      (seen.has_paint && !seen.regions[static_cast<std::size_t>(from.largest)].painted());
  }
  std::map<std::pair<int, int>, int> met;
  for (const SeenContact& c : seen.contacts)
    if (const int a = shapes.of[c.a], b = shapes.of[c.b]; a != b) met[std::minmax(a, b)] += c.length;
  for (const auto& [pair, length] : met) {
    regions[pair.first].neighbours.push_back({pair.second, length, Ink::black});
    regions[pair.second].neighbours.push_back({pair.first, length, Ink::black});
  }
  for (Region& r : regions)
    std::sort(r.neighbours.begin(), r.neighbours.end(),
              [](const RegionNeighbour& a, const RegionNeighbour& b) { return a.region < b.region; });
  return regions;
}

/// Width of a shape along `row`, the way from the stripe before it to the one after it: its area over how
/// long it lies across that way, as a rectangle of its second moments would.
double width_along(const Region& region, Vec2 row) {
  const Vec2 e = perpendicular(normalized(row));
  const double spread = region.xx * e.x * e.x + 2 * region.xy * e.x * e.y + region.yy * e.y * e.y;
  return region.area / std::max(1.0, std::sqrt(12 * spread));
}

std::vector<double> widths_of(const std::vector<Region>& regions, const std::vector<int>& row) {
  std::vector<double> widths;
  for (std::size_t k = 0; k < row.size(); ++k) {
    const auto centre = [&](std::size_t i) {
      const Region& r = regions[static_cast<std::size_t>(row[i])];
      return Vec2{r.centre_x, r.centre_y};
    };
    widths.push_back(width_along(regions[static_cast<std::size_t>(row[k])],
                                 centre(std::min(k + 1, row.size() - 1)) - centre(k > 0 ? k - 1 : 0)));
  }
  return widths;
}

/// For every shape there the largest one here of which the better part lands in it; -1: none. From here: of a
/// stripe that is too narrow all lands in its own, of what it should be most lands in the one beside it.
std::vector<int> landing(const Seen& seen, const Shapes& here, const Track& track, const Shapes& there) {
  std::vector<int> from(there.all.size(), -1);
  for (std::size_t s = 0; s < here.all.size(); ++s) {
    std::map<int, double> landed;
    for (const int r : here.all[s].regions)
      for (const auto& [region, share] : track.regions[static_cast<std::size_t>(r)].landed)
        landed[there.of[region]] +=
            static_cast<double>(share) * seen.regions[static_cast<std::size_t>(r)].area;
    for (const auto& [shape, area] : landed)
      if (area > kStripeLands * here.all[s].area &&
          (from[shape] < 0 || here.all[s].area > here.all[from[shape]].area))
        from[shape] = static_cast<int>(s);
  }
  return from;
}

}  // namespace

std::vector<std::vector<Stripe>> rows_of_stripes(const CheckContext& context, int drawing,
                                                 const Shapes& here) {
  std::vector<std::vector<Stripe>> rows;
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return rows;
  const Seen &seen = context.at(drawing), &before = context.at(near.before), &after = context.at(near.after);
  const Shapes was = shapes_of(context, before);
  const std::vector<Region> before_regions = as_regions(before, was);
  // Rows are looked for where nothing is in question; here they are followed.
  const std::vector<std::vector<int>> chains = chains_of_like(before_regions);
  if (chains.empty()) return rows;
  const Shapes will = shapes_of(context, after);
  const std::vector<Region> regions = as_regions(seen, here), after_regions = as_regions(after, will);
  const std::vector<int> of_before = landing(seen, here, *near.to_before, was),
                         of_after = landing(seen, here, *near.to_after, will);
  for (const std::vector<int>& chain : chains) {
    std::vector<int> b, h, a;
    for (const int there : chain) {
      const int id = of_before[static_cast<std::size_t>(there)];
      const auto then = std::find(of_after.begin(), of_after.end(), id);
      if (id < 0 || then == of_after.end()) continue;
      b.push_back(there);
      h.push_back(id);
      a.push_back(static_cast<int>(then - of_after.begin()));
    }
    if (h.size() < kStripesLeast) continue;
    const std::vector<double> w = widths_of(before_regions, b), x = widths_of(regions, h),
                              y = widths_of(after_regions, a);
    const double all_w = median_of(w), all_x = median_of(x), all_y = median_of(y);
    if (all_w <= 0 || all_x <= 0 || all_y <= 0) continue;
    std::vector<Stripe> row;
    for (std::size_t k = 0; k < h.size(); ++k) {
      const double reference = (w[k] / all_w + y[k] / all_y) / 2;
      const double area = (before_regions[static_cast<std::size_t>(b[k])].area +
                           after_regions[static_cast<std::size_t>(a[k])].area) /
                          2.0;
      row.push_back({h[k], x[k] / all_x, reference, std::abs(w[k] / all_w - y[k] / all_y) / reference, x[k],
                     regions[static_cast<std::size_t>(h[k])].area / area});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

double stripe_fail(const Stripe& stripe, const std::vector<Stripe>& row) {
  // How uneven the row is anyway: what half of its stripes stay below.
  std::vector<double> off;
  for (const Stripe& s : row) off.push_back(std::abs(s.width / s.reference - 1));
  const double usual = stripe.px * stripe.reference / std::max(0.01, stripe.width);
  return std::max(
      {kStripeFail, kStripeNoise / std::max(1.0, usual), 3 * stripe.moving, 3 * median_of(std::move(off))});
}

void check_stripe_width(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "stripe-width";
  const Seen& seen = context.at(drawing);
  if (!neighbours(context, drawing).both()) return out.skip(kName, drawing, kOneSided);
  if (!followed(context, kName, drawing, out)) return;
  const Shapes shapes = shapes_of(context, seen);
  const auto rows = rows_of_stripes(context, drawing, shapes);
  if (rows.empty()) return out.skip(kName, drawing, "no row of four like stripes is followed here");
  for (const std::vector<Stripe>& row : rows)
    // What is at an end of a row is cut by what covers the row there.
    for (std::size_t k = 1; k + 1 < row.size(); ++k) {
      const Stripe& stripe = row[k];
      // Not half as wide as the row or twice: what is no stripe like the others.
      if (stripe.reference < 1 / kStripesLike || stripe.reference > kStripesLike) continue;
      const double fail = stripe_fail(stripe, row), off = std::abs(stripe.width / stripe.reference - 1);
      const Shape& shape = shapes.all[static_cast<std::size_t>(stripe.shape)];
      const SeenRegion& region = seen.regions[static_cast<std::size_t>(shape.largest)];
      // Wider or narrower, it is larger or smaller as well.
      const double grown = stripe.area - 1;
      if (grown * (stripe.width - stripe.reference) <= 0 || std::abs(grown) < kStripeGrown * off) continue;
      if (!listed(off, fail) || !understood(context, kName, drawing, region.inside,
                                            shape.extent() / 2 + seen.px(60), shape.extent() / 2, out))
        continue;
      Finding found = finding(kName, drawing, off, stripe.width, stripe.reference, fail * stripe.reference,
                              "of its row", region.inside, shape.extent(),
                              fmt::format("this stripe is {:.0f} % {} in its row than beside this drawing",
                                          100 * off, stripe.width > stripe.reference ? "wider" : "narrower"));
      if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
        found.part = style->part;
      out.findings.push_back(std::move(found));
    }
}

}  // namespace nakawari
