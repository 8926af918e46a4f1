// Faults of what is measured: corners, stripes, head units, graded paint, kumi lines.
#include <algorithm>
#include <cmath>

#include "check/corner.h"
#include "check/lab.h"
#include "check/proportion.h"
#include "check/stripes.h"
#include "check/tools.h"
#include "plant_tools.h"

namespace nakawari::bench {
namespace {

Planted start_traced_anew(const Canvas& canvas) {
  Planted planted;
  planted.input = canvas.clean;
  planted.input.traced.reset();
  return planted;
}

std::optional<Planted> if_any(Planted planted) {
  if (planted.at.empty()) return std::nullopt;
  return planted;
}

/// The sharper turns of the two drawings beside this one at a corner of it; nothing where one has none there.
std::optional<double> sharp_beside(const Canvas& canvas, const Corner& corner) {
  double least = corner.sharp;
  for (const int other : {canvas.clean.before, canvas.clean.after}) {
    const Track* track = canvas.context.track(canvas.drawing, other);
    if (!track) return std::nullopt;
    const Vec2 there = carried(*track, corner.at, std::max(24.0, canvas.seen().px(60)));
    bool found = false;
    for (const Corner& c : corners_of(canvas.context.at(other)))
      if (distance(c.at, there) < std::max(3.0, canvas.seen().px(6))) {
        found = true;
        least = std::min(least, c.sharp);
      }
    if (!found) return std::nullopt;
  }
  return least;
}

std::optional<Planted> rounded(const Canvas& canvas, double size) {
  Planted planted = start_traced_anew(canvas);
  const Seen& seen = canvas.seen();
  for (const Corner& c : corners_of(seen)) {
    if (static_cast<int>(planted.at.size()) >= canvas.most) break;
    bool near = sharpest_around(seen, c.at, 6) < 0;
    for (const Vec2 p : planted.at) near = near || distance(p, c.at) < 120;
    const auto usual = near ? std::nullopt : sharp_beside(canvas, c);
    const double wanted = usual ? *usual * (1 - 0.4 * size) : 0;
    if (wanted <= 0.05) continue;
    // An arc whose arms of `sharp_arm` turn by what is wanted.
    const double radius = sharp_arm(seen) / wanted, tangent = radius * std::tan(c.turn / 2);
    const Stroke& stroke = seen.strokes.strokes[static_cast<std::size_t>(c.stroke)];
    if (c.along < tangent + 4 ||
        seen.facts[static_cast<std::size_t>(c.stroke)].length - c.along < tangent + 4)
      continue;
    double along = 0;
    Vec2 from, to;
    for (std::size_t i = 1; i < stroke.points.size(); ++i) {
      const double step = distance(stroke.points[i - 1], stroke.points[i]);
      for (const auto& [at, place] : {std::pair{c.along - tangent, &from}, {c.along + tangent, &to}})
        if (at >= along && at < along + step)
          *place = lerp(stroke.points[i - 1], stroke.points[i], (at - along) / step);
      along += step;
    }
    const double width = seen.facts[static_cast<std::size_t>(c.stroke)].width;
    erase(planted.input.source, seen, static_cast<std::size_t>(c.stroke), c.along - tangent,
          c.along + tangent);
    // From tangent to tangent; the corner between them is where the arms would meet.
    std::vector<Vec2> points;
    const Vec2 bisector = normalized((from + to) / 2 - c.at);
    const Vec2 centre = c.at + bisector * (radius / std::cos(c.turn / 2));
    const double a = std::atan2(from.y - centre.y, from.x - centre.x);
    double sweep = std::atan2(to.y - centre.y, to.x - centre.x) - a;
    sweep = std::remainder(sweep, 2 * 3.14159265358979);
    const double r0 = distance(from, centre), r1 = distance(to, centre);
    for (int k = 0; k <= 24; ++k) {
      const double u = k / 24.0, r = r0 + (r1 - r0) * u;
      points.push_back(centre + Vec2{std::cos(a + sweep * u), std::sin(a + sweep * u)} * r);
    }
    lay(planted.input.source, points, std::vector<double>(points.size(), width), false);
    planted.at.push_back(c.at);
  }
  planted.reach = 30;
  return if_any(std::move(planted));
}

/// The border between a stripe and the next is moved along the row.
std::optional<Planted> wide_stripe(const Canvas& canvas, double size) {
  const Seen& seen = canvas.seen();
  for (const std::vector<Stripe>& row : rows_of_stripes(canvas.context, canvas.drawing)) {
    const std::size_t k = row.size() / 2 - 1;
    const Stripe &stripe = row[k], &next = row[k + 1];
    const SeenRegion &one = seen.regions[static_cast<std::size_t>(stripe.region)],
                     &two = seen.regions[static_cast<std::size_t>(next.region)];
    const double by = stripe.px * (size * stripe_fail(stripe, row) + stripe.reference / stripe.width - 1);
    if (by > 0.8 * next.px) continue;
    const Vec2 along = normalized(two.centre - one.centre), across = perpendicular(along);
    const Vec2 middle = (one.centre * next.px + two.centre * stripe.px) / (stripe.px + next.px);
    double begin = 0, end = 0, left = 0, right = 0;
    const auto visit = [&](auto&& each) {
      for (int y = std::min(one.top, two.top) - 3; y <= std::max(one.bottom, two.bottom) + 3; ++y)
        for (int x = std::min(one.left, two.left) - 3; x <= std::max(one.right, two.right) + 3; ++x)
          if (seen.label.contains(x, y)) each(x, y, Vec2{x + 0.5, y + 0.5} - middle);
    };
    visit([&](int x, int y, Vec2 d) {
      const int l = seen.label(x, y) - 1;
      if (l != stripe.region && l != next.region) return;
      begin = std::min(begin, dot(d, along));
      end = std::max(end, dot(d, along));
      left = std::min(left, dot(d, across));
      right = std::max(right, dot(d, across));
    });
    Planted planted = start_traced_anew(canvas);
    const CheckInput from = planted.input;
    visit([&](int x, int y, Vec2 d) {
      const double u = dot(d, along), v = dot(d, across);
      if (u < begin || u > end || v < left || v > right || by >= end) return;
      // The border lies at 0 and goes to `by`.
      const double was =
          u < by ? begin + (u - begin) * (0 - begin) / (by - begin) : end - (end - u) * end / (end - by);
      const Vec2 p = middle + along * was + across * v;
      const int px = static_cast<int>(std::floor(p.x)), py = static_cast<int>(std::floor(p.y));
      if (!from.source.contains(px, py)) return;
      planted.input.source(x, y) = from.source(px, py);
      if (planted.input.painted) (*planted.input.painted)(x, y) = (*from.painted)(px, py);
    });
    planted.at = {one.centre + along * (by / 2)};
    planted.reach = std::max(40.0, 2 * stripe.px);
    return planted;
  }
  return std::nullopt;
}

std::optional<Planted> large_head(const Canvas& canvas, double size) {
  const PartMap& parts = canvas.context.parts[static_cast<std::size_t>(canvas.drawing)];
  const auto head = head_of(canvas.seen(), parts);
  if (!head) return std::nullopt;
  for (const auto& [name, units] : proportions(canvas.seen(), parts)) {
    const Figure* figure =
        name.ends_with("head-units") ? canvas.context.profile.find("proportion." + name, 3) : nullptr;
    if (!figure) continue;
    const double share = size * std::max({0.06, 2.5 / head->height(), 5 * figure->mad / figure->median});
    // The head grows about its middle, so the body grows by half of that.
    const double wanted = std::min(units, figure->median) * (1 - share), k = (units - 0.5) / (wanted - 0.5);
    if (wanted < 1 || k > 1.6) return std::nullopt;
    Planted planted = start_traced_anew(canvas);
    const double width = head->right - head->left + 1;
    swell(planted.input, {(head->left + head->right + 1) / 2.0, (head->top + head->chin + 1) / 2.0},
          0.5 * std::hypot(width, head->height()), k);
    planted.at = {{0, 0}};
    planted.reach = 1e9;
    return planted;
  }
  return std::nullopt;
}

/// An airbrush over all paint.
void grade(CheckInput& input) {
  if (!input.painted) return;
  for (int y = 0; y < input.painted->height; ++y)
    for (int x = 0; x < input.painted->width; ++x) {
      Rgba8& c = (*input.painted)(x, y);
      if (c.a == 0 || !(input.source(x, y) == kPaper)) continue;
      const int by = (x + y) % 20 - 10;
      const auto moved = [&](int v) { return static_cast<std::uint8_t>(std::clamp(v + by, 1, 253)); };
      c = {moved(c.r), moved(c.g), moved(c.b), c.a};
    }
}

std::optional<Planted> off_colour(const Canvas& canvas, double size) {
  Planted planted;
  planted.input = canvas.clean;
  planted.reach = 30;
  const Seen& seen = canvas.seen();
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (static_cast<int>(planted.at.size()) >= canvas.most) break;
    if (!region.graded || region.area < 120 || !stands_beside(canvas, static_cast<int>(r))) continue;
    const auto beside = [&](int other) {
      const Track* track = canvas.context.track(canvas.drawing, other);
      return canvas.context.at(other).regions[static_cast<std::size_t>(track->regions[r].best)].mean;
    };
    const auto was = beside(canvas.clean.before), will = beside(canvas.clean.after);
    std::array<double, 3> between{};
    for (std::size_t k = 0; k < 3; ++k) between[k] = (was[k] + will[k]) / 2;
    const double wanted = size * (5 + delta_e(lab_of(was), lab_of(will)) / 2);
    const int way = region.mean[0] + region.mean[1] + region.mean[2] < 380 ? 1 : -1;
    int by = 0;
    for (; by < 100; ++by) {
      const std::array<double, 3> moved{region.mean[0] + way * by, region.mean[1] + way * by, region.mean[2]};
      if (delta_e(lab_of(moved), lab_of(between)) >= wanted) break;
    }
    for (int y = region.top; y <= region.bottom; ++y)
      for (int x = region.left; x <= region.right; ++x)
        if (seen.label(x, y) == static_cast<int>(r) + 1) {
          Rgba8& c = (*planted.input.painted)(x, y);
          if (c.a == 0) continue;
          c.r = static_cast<std::uint8_t>(std::clamp(c.r + way * by, 0, 255));
          c.g = static_cast<std::uint8_t>(std::clamp(c.g + way * by, 0, 255));
        }
    planted.at.push_back(region.inside);
  }
  return if_any(std::move(planted));
}

int table_of(const CheckInput& input) {
  return input.source.height * 62 / 100;
}

/// The cel ends at `row`, along a blue line.
void cut_off(CheckInput& input, int row) {
  if (!input.painted) return;
  input.traced.reset();
  for (int y = row - 2; y < input.source.height; ++y)
    for (int x = 0; x < input.source.width; ++x) {
      Rgba8 &line = input.source(x, y), &paint = (*input.painted)(x, y);
      const bool inside = y < row && paint.a != 0;
      line = inside ? ink_colour(Ink::blue) : kPaper;
      paint = inside ? Rgba8{90, 90, 120, 255} : kClear;
    }
}

/// A cel that is cut off at a table.
void before_table(CheckInput& input) {
  const int row = table_of(input), width = input.source.width, height = input.source.height;
  cut_off(input, row);
  input.around = [=]() -> std::optional<Surroundings> {
    Surroundings around{Raster(width, height, {180, 200, 220, 255}), Raster(width, height)};
    for (int y = row; y < height; ++y)
      for (int x = 0; x < width; ++x) around.below(x, y) = {120, 80, 50, 255};
    return around;
  };
}

std::optional<Planted> gap_at_table(const Canvas& canvas, double size) {
  if (canvas.seen().open_edges.empty()) return std::nullopt;
  Planted planted = start_traced_anew(canvas);
  const int by = static_cast<int>(std::lround(size * std::max(1.5, canvas.seen().px(2))));
  cut_off(planted.input, table_of(planted.input) - by);
  for (const OpenEdge& edge : canvas.seen().open_edges)
    if (edge.found > 0.6) planted.at.push_back((edge.from + edge.to) / 2);
  planted.reach = 60;
  return if_any(std::move(planted));
}

}  // namespace

const std::vector<Fault>& figure_faults() {
  static const std::vector<Fault> faults{
      {"corner", "40 % of the turn", false, rounded},
      {"stripe-width", "max(30 %, 3 x usual)", false, wide_stripe, true},
      {"proportion", "head units max(6 %, 5 MAD)", false, large_head},
      {"colour-difference", "5 dE", false, off_colour, false, grade},
      {"kumi", "max(1.5 px, 2 px at 1920)", false, gap_at_table, false, before_table},
  };
  return faults;
}

}  // namespace nakawari::bench
