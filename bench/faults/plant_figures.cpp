// Faults of what is measured: corners, stripes, head units, graded paint, kumi lines.
#include <algorithm>
#include <cmath>

#include "check/corner.h"
#include "check/lab.h"
#include "check/proportion.h"
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

/// Corner `c` of a picture with an arc of `radius` in its place; nothing where its arms are too short.
std::optional<Raster> with_arc(const Canvas& canvas, const Raster& picture, const Corner& c, double radius) {
  const Seen& seen = canvas.seen();
  const auto id = static_cast<std::size_t>(c.stroke);
  const double tangent = radius * std::tan(c.turn / 2);
  if (c.along < tangent + 4 || seen.facts[id].length - c.along < tangent + 4) return std::nullopt;
  const Stroke& stroke = seen.strokes.strokes[id];
  double along = 0;
  Vec2 from, to;
  for (std::size_t i = 1; i < stroke.points.size(); ++i) {
    const double step = distance(stroke.points[i - 1], stroke.points[i]);
    for (const auto& [at, place] : {std::pair{c.along - tangent, &from}, {c.along + tangent, &to}})
      if (at >= along && at < along + step)
        *place = lerp(stroke.points[i - 1], stroke.points[i], (at - along) / step);
    along += step;
  }
  Raster rounded = picture;
  erase(rounded, seen, id, c.along - tangent, c.along + tangent);
  // From tangent point to tangent point.
  const Vec2 centre = c.at + normalized((from + to) / 2 - c.at) * (radius / std::cos(c.turn / 2));
  const double begin = std::atan2(from.y - centre.y, from.x - centre.x);
  const double sweep =
      std::remainder(std::atan2(to.y - centre.y, to.x - centre.x) - begin, 2 * 3.14159265358979);
  const double r0 = distance(from, centre), r1 = distance(to, centre);
  std::vector<Vec2> points;
  for (int k = 0; k <= 24; ++k) {
    const double u = k / 24.0, angle = begin + sweep * u;
    points.push_back(centre + Vec2{std::cos(angle), std::sin(angle)} * (r0 + (r1 - r0) * u));
  }
  lay(rounded, points, std::vector<double>(points.size(), seen.facts[id].width), false);
  return rounded;
}

std::optional<Planted> rounded(const Canvas& canvas, double size) {
  Planted planted = start_traced_anew(canvas);
  const Seen& seen = canvas.seen();
  for (const Corner& c : corners_of(seen)) {
    if (static_cast<int>(planted.at.size()) >= canvas.most) break;
    bool near = turning_at(seen, c.at, c.inward, corner_reach(seen)).lines_meet;
    for (const Vec2 p : planted.at) near = near || distance(p, c.at) < 120;
    const auto usual = near ? std::nullopt : sharp_beside(canvas, c);
    const double wanted = usual ? *usual * (1 - 0.4 * size) : 0;
    if (wanted <= 0.05) continue;
    // An arc whose arms of `sharp_arm` turn by what is wanted. Pixels turn as well: what was planted is
    // measured, and planted again.
    const double usual_radius = sharp_arm(seen) / wanted;
    double radius = usual_radius;
    std::optional<Raster> best;
    for (int round = 0; round < 3; ++round) {
      auto tried = with_arc(canvas, planted.input.source, c, radius);
      if (!tried) break;
      best = std::move(tried);
      CheckInput probe;
      probe.source = *best;
      const auto got = look_at(std::move(probe));
      if (!got) break;
      const double sharp = turning_at(*got, c.at, c.inward, corner_reach(seen)).sharp;
      if (sharp <= 0 || std::abs(sharp - wanted) < 0.03) break;
      radius = std::clamp(radius * sharp / wanted, 0.7 * usual_radius, 1.3 * usual_radius);
    }
    if (!best) continue;
    planted.input.source = std::move(*best);
    planted.at.push_back(c.at);
  }
  planted.reach = 30;
  return if_any(std::move(planted));
}

/// Where the striped post stands, and its measures, px.
constexpr int kPostLeft = 24, kPostTop = 24, kPostWide = 96, kStripe = 20, kStripes = 7;
constexpr int kMoved = 3;  ///< the border that is moved

/// A post of like stripes in the corner of the page, with one border moved by `by`.
void draw_post(CheckInput& input, int by) {
  input.traced.reset();
  for (int y = 0; y <= kStripe * kStripes + 8; ++y)
    for (int x = -8; x <= kPostWide + 8; ++x) {
      const int u = kPostLeft + x, v = kPostTop + y - 4;
      if (!input.source.contains(u, v)) continue;
      const int row = y - 4;
      bool line = row < 0 || row > kStripe * kStripes || x < 0 || x > kPostWide;
      const bool outside = row < -1 || row > kStripe * kStripes + 1 || x < -2 || x > kPostWide + 2;
      int stripe = 0;
      for (int k = 0; k <= kStripes; ++k) {
        const int border = k * kStripe + (k == kMoved ? by : 0);
        line = line || std::abs(row - border) <= 1;
        stripe += row > border;
      }
      input.source(u, v) = !outside && line ? Rgba8{0, 0, 0, 255} : kPaper;
      if (!input.painted) continue;
      const Rgba8 colour = stripe % 2 == 0 ? Rgba8{90, 90, 120, 255} : Rgba8{200, 190, 150, 255};
      (*input.painted)(u, v) = outside ? kClear : line ? Rgba8{0, 0, 0, 255} : colour;
    }
}

void striped_post(CheckInput& input) {
  draw_post(input, 0);
}

/// The border between a stripe and the next is moved: the two are off alike.
std::optional<Planted> wide_stripe(const Canvas& canvas, double size) {
  // Of what is between the lines, 3 px wide.
  const int by = static_cast<int>(std::lround(size * 0.30 * (kStripe - 3)));
  if (by > kStripe - 6) return std::nullopt;
  Planted planted = start_traced_anew(canvas);
  draw_post(planted.input, by);
  planted.at = {{kPostLeft + kPostWide / 2.0, kPostTop + (kMoved - 0.5) * kStripe + by / 2.0},
                {kPostLeft + kPostWide / 2.0, kPostTop + (kMoved + 0.5) * kStripe + by / 2.0}};
  planted.reach = 0.5 * kStripe;
  return planted;
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
      {"stripe-width", "30 %", false, wide_stripe, false, striped_post},
      {"proportion", "head units max(6 %, 5 MAD)", false, large_head},
      {"colour-difference", "5 dE", false, off_colour, false, grade},
      {"kumi", "max(1.5 px, 2 px at 1920)", false, gap_at_table, false, before_table},
  };
  return faults;
}

}  // namespace nakawari::bench
