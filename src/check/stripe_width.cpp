// Stripes: the width of a stripe over that of its row, against the same stripe before and after.
#include <fmt/format.h>

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

/// The regions of a drawing as those who look for rows want them.
std::vector<Region> as_regions(const Seen& seen) {
  std::vector<Region> regions(seen.regions.size());
  const double least = std::max(24.0, kStripeSmallest * seen.scale * seen.scale);
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const SeenRegion& from = seen.regions[i];
    Region& to = regions[i];
    to.area = from.area;
    to.centre_x = from.centre.x;
    to.centre_y = from.centre.y;
    to.xx = from.xx;
    to.xy = from.xy;
    to.yy = from.yy;
    to.inradius = thickness(from) / 4;
    // What is too small, or has no paint, is no stripe.
    to.touches_edge = from.touches_edge || from.area < least || (seen.has_paint && !from.painted());
  }
  for (const SeenContact& c : seen.contacts) {
    regions[c.a].neighbours.push_back({c.b, c.length, c.ink});
    regions[c.b].neighbours.push_back({c.a, c.length, c.ink});
  }
  for (Region& r : regions)
    std::sort(r.neighbours.begin(), r.neighbours.end(),
              [](const RegionNeighbour& a, const RegionNeighbour& b) { return a.region < b.region; });
  return regions;
}

/// Width of a region along `row`, the way from the stripe before it to the one after it: its area over how
/// long it lies across that way, as a rectangle of its second moments would.
double width_along(const SeenRegion& region, Vec2 row) {
  const Vec2 e = perpendicular(normalized(row));
  const double spread = region.xx * e.x * e.x + 2 * region.xy * e.x * e.y + region.yy * e.y * e.y;
  return region.area / std::max(1.0, std::sqrt(12 * spread));
}

std::vector<double> widths_of(const Seen& seen, const std::vector<int>& row) {
  std::vector<double> widths;
  for (std::size_t k = 0; k < row.size(); ++k) {
    const auto centre = [&](std::size_t i) { return seen.regions[static_cast<std::size_t>(row[i])].centre; };
    widths.push_back(width_along(seen.regions[static_cast<std::size_t>(row[k])],
                                 centre(std::min(k + 1, row.size() - 1)) - centre(k > 0 ? k - 1 : 0)));
  }
  return widths;
}

/// The region here of which most lands in region `there`, the largest such; -1: none.
int largest_that_lands(const Seen& seen, const Track& track, int there) {
  int best = -1;
  for (std::size_t r = 0; r < track.regions.size(); ++r)
    if (track.regions[r].best == there && track.regions[r].share > 0.5F &&
        (best < 0 || seen.regions[r].area > seen.regions[static_cast<std::size_t>(best)].area))
      best = static_cast<int>(r);
  return best;
}

}  // namespace

std::vector<std::vector<Stripe>> rows_of_stripes(const CheckContext& context, int drawing) {
  std::vector<std::vector<Stripe>> rows;
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return rows;
  const Seen &seen = context.at(drawing), &before = context.at(near.before), &after = context.at(near.after);
  // Rows are looked for where nothing is in question; here they are followed.
  for (const std::vector<int>& chain : chains_of_like(as_regions(before))) {
    std::vector<int> was, here, will;
    for (const int b : chain) {
      // From here: of a narrow stripe all lands in its own, of what it was most lands in the one beside it.
      const int h = largest_that_lands(seen, *near.to_before, b);
      const int a = h < 0 ? -1 : near.to_after->regions[static_cast<std::size_t>(h)].best;
      if (a < 0 || largest_that_lands(seen, *near.to_after, a) != h) continue;
      was.push_back(b);
      here.push_back(h);
      will.push_back(a);
    }
    if (here.size() < kStripesLeast) continue;
    const std::vector<double> w = widths_of(before, was), x = widths_of(seen, here),
                              y = widths_of(after, will);
    const double all_w = median_of(w), all_x = median_of(x), all_y = median_of(y);
    if (all_w <= 0 || all_x <= 0 || all_y <= 0) continue;
    std::vector<Stripe> row;
    for (std::size_t k = 0; k < here.size(); ++k) {
      const double reference = (w[k] / all_w + y[k] / all_y) / 2;
      row.push_back(
          {here[k], x[k] / all_x, reference, std::abs(w[k] / all_w - y[k] / all_y) / reference, x[k]});
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
  const auto rows = rows_of_stripes(context, drawing);
  if (rows.empty()) return out.skip(kName, drawing, "no row of four like stripes is followed here");
  for (const std::vector<Stripe>& row : rows)
    for (const Stripe& stripe : row) {
      // Not half as wide as the row or twice: what is no stripe like the others.
      if (stripe.reference < 1 / kStripesLike || stripe.reference > kStripesLike) continue;
      const double fail = stripe_fail(stripe, row), off = std::abs(stripe.width / stripe.reference - 1);
      const SeenRegion& region = seen.regions[static_cast<std::size_t>(stripe.region)];
      if (!listed(off, fail) || !understood(context, kName, drawing, region.inside,
                                            extent(region) / 2 + seen.px(60), extent(region) / 2, out))
        continue;
      Finding found = finding(kName, drawing, off, stripe.width, stripe.reference, fail * stripe.reference,
                              "of its row", region.inside, extent(region),
                              fmt::format("this stripe is {:.0f} % {} in its row than beside this drawing",
                                          100 * off, stripe.width > stripe.reference ? "wider" : "narrower"));
      if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
        found.part = style->part;
      out.findings.push_back(std::move(found));
    }
}

}  // namespace nakawari
