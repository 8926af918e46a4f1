#include "check/shapes.h"

#include <Eigen/Dense>
#include <map>
#include <numeric>
#include <optional>

#include "check/tools.h"

namespace nakawari {
namespace {

bool is_rigid(const CheckContext& context, const SeenRegion& region) {
  const Style* style = region.painted() ? context.style(region.colour) : nullptr;
  if (!style) return false;
  const PaintedPart kind = painted_part(style->part);
  return kind == PaintedPart::iris || kind == PaintedPart::glint;
}

/// The shape where most of shape `s` lands, and the share of its pixels that do. -1: none.
std::pair<int, double> follow(const Shapes& from, int s, const Shapes& to, const Track& track,
                              const Seen& seen) {
  std::map<int, double> landed;
  for (const int r : from.all[s].regions)
    for (const auto& [there, share] : track.regions[r].landed)
      landed[to.of[there]] += static_cast<double>(share) * seen.regions[r].area;
  std::pair<int, double> hit{-1, 0};
  for (const auto& [shape, area] : landed)
    if (area > hit.second) hit = {shape, area};
  hit.second /= std::max(1, from.all[s].area);
  return hit;
}

/// The same shape in the drawing that `there` leads to; -1 when most of it does not land there or come back.
int same_shape(const Shapes& here, int s, const Seen& seen, const Shapes& other, const Seen& other_seen,
               const Track& there, const Track& back) {
  constexpr double kSameShape = 0.7;  // of what the smaller of the two holds
  const auto [hit, share] = follow(here, s, other, there, seen);
  if (hit < 0) return -1;
  const auto [home, home_share] = follow(other, hit, here, back, other_seen);
  const double larger = static_cast<double>(here.all[s].area) / std::max(1, other.all[hit].area);
  const bool same = home == s && share >= kSameShape * std::min(1.0, 1 / larger) &&
                    home_share >= kSameShape * std::min(1.0, larger);
  return same ? hit : -1;
}

/// What a common swelling explains of the area, at least and at most, as a share.
constexpr double kExplainedLeast = 0.5, kExplainedMost = 1.7;
/// Rest of the outline after shift and swelling, median, share of how far the outline swells by.
constexpr double kRestShare = 0.5;
constexpr double kRestNoise = 0.3;  // px
constexpr double kOutline = 0.75;   // share of the outline that must be found on both neighbours
constexpr double kEverySide = 0.4;  // of the common swelling, on each of four sides
constexpr double kBent = 1.4;       // of its extent: what lies nearer is bent by a swelling
constexpr double kOwnShift = 0.5;   // of the swelling: a shape may lie off by that beside what is around it
constexpr double kSideNoise = 0.6;  // px: less is not seen on a side

struct OutlineRow {
  Eigen::Vector3d of;  // by shift in x and y, by swelling
  double by;
};

/// The direction in which most of the outline faces, up to quarter turns.
Vec2 axis_of(const std::vector<OutlineRow>& rows) {
  double c = 1e-9, s = 0;
  for (const OutlineRow& row : rows) {
    const double a = std::atan2(row.of.y(), row.of.x());
    c += std::cos(4 * a);
    s += std::sin(4 * a);
  }
  const double a = std::atan2(s, c) / 4;
  return {std::cos(a), std::sin(a)};
}

/// How far the lines around a shape lie off the middle of their neighbours together; its own do not count.
std::optional<Vec2> shift_around(const Seen& seen, const Neighbours& near, const Shape& shape) {
  constexpr std::size_t kLeastRows = 24;
  std::vector<std::uint8_t> own(seen.graph.samples.size(), 0);
  for (const int r : shape.regions) visit_outline(seen, r, [&](std::int32_t i, Vec2) { own[i] = 1; });
  std::vector<std::pair<Vec2, double>> rows;
  // What lies near may be bent by the swelling.
  const double near_by = kBent * shape.extent(), reach = near_by + std::max(48.0, seen.px(100));
  seen.grid->visit(shape.middle(), reach, [&](std::int32_t i) {
    const Sample& s = seen.graph.samples[i];
    if (own[i] || s.ink != Ink::black || !near.to_before->sure[i] || !near.to_after->sure[i] ||
        distance(s.position, shape.middle()) > reach || distance(s.position, shape.middle()) < near_by)
      return;
    const Vec2 normal = perpendicular(s.tangent);
    rows.emplace_back(
        normal,
        dot(s.position - (near.to_before->samples[i].place + near.to_after->samples[i].place) / 2, normal));
  });
  if (rows.size() < kLeastRows) return std::nullopt;
  Vec2 shift;
  for (int round = 0; round < 8; ++round) {
    double xx = 1e-3, xy = 0, yy = 1e-3;
    Vec2 right;
    for (const auto& [n, off] : rows) {
      const double r = off - dot(n, shift), w = 1 / (1 + r * r);
      xx += w * n.x * n.x;
      xy += w * n.x * n.y;
      yy += w * n.y * n.y;
      right += n * (w * off);
    }
    const double det = xx * yy - xy * xy;
    shift = {(right.x * yy - right.y * xy) / det, (right.y * xx - right.x * xy) / det};
  }
  return shift;
}

/// A shape that is drawn too large lies outside of its place all round, wherever it lies; one over which
/// something moves, or that is covered here and there, changes on one side. So: shift and swelling of the
/// outline against the middle of its neighbours, by least squares along the normals, must explain the area.
bool swells_all_round(const Seen& seen, const Neighbours& near, const Shape& shape, double off) {
  std::vector<OutlineRow> rows;
  int outline = 0;
  const Vec2 centre = shape.middle();
  for (const int r : shape.regions)
    visit_outline(seen, r, [&](std::int32_t i, Vec2 outward) {
      const Sample& s = seen.graph.samples[i];
      const SampleHit &b = near.to_before->samples[i], &a = near.to_after->samples[i];
      if (s.ink != Ink::black) return;
      ++outline;
      if (b.sample < 0 || a.sample < 0) return;
      const double arm = dot(s.position - centre, outward);
      rows.push_back({{outward.x, outward.y, arm}, dot(s.position - (b.place + a.place) / 2, outward)});
    });
  constexpr std::size_t kLeastRows = 8;
  if (rows.size() < kLeastRows || static_cast<double>(rows.size()) < kOutline * outline) return false;
  Eigen::Vector3d fit = Eigen::Vector3d::Zero();
  double scale = 2, rest = 0;
  for (int round = 0; round < 8; ++round) {
    Eigen::Matrix3d left = 1e-6 * Eigen::Matrix3d::Identity();
    Eigen::Vector3d right = Eigen::Vector3d::Zero();
    std::vector<double> rests;
    for (const OutlineRow& row : rows) {
      const double r = (row.by - row.of.dot(fit)) / scale, w = 1 / (1 + r * r);
      rests.push_back(std::abs(row.by - row.of.dot(fit)));
      left += w * row.of * row.of.transpose();
      right += w * row.by * row.of;
    }
    rest = median_of(std::move(rests));
    scale = std::max(0.5, 2 * rest);
    fit = left.ldlt().solve(right);
  }
  const double swelling = std::clamp(fit.z(), -0.9, 0.9);
  // Each side for itself: what is covered, or comes out from behind something, does so on one side, which a
  // shift and a swelling together explain as well.
  const Vec2 turn = normalized(axis_of(rows));
  for (int side = 0; side < 4; ++side) {
    double by = 0, arms = 0;
    int count = 0;
    for (const OutlineRow& row : rows) {
      const Vec2 normal{dot(Vec2{row.of.x(), row.of.y()}, turn), cross(turn, Vec2{row.of.x(), row.of.y()})};
      const double facing = side == 0 ? normal.x : side == 1 ? -normal.x : side == 2 ? normal.y : -normal.y;
      if (facing < 0.7) continue;
      by += row.by - row.of.x() * fit.x() - row.of.y() * fit.y();
      arms += row.of.z();
      ++count;
    }
    if (count < 3 || std::abs(arms * swelling) < kSideNoise * count) continue;
    if (by / (arms * swelling) < kEverySide) return false;
  }
  // The shape stays where its surroundings go: one side that moves looks like a shift and a swelling.
  const double by = std::abs(swelling) * std::sqrt(shape.area / 3.14159265358979);
  if (const auto around = shift_around(seen, near, shape);
      around && distance(*around, {fit.x(), fit.y()}) > kOwnShift * by + kSideNoise)
    return false;
  const double explained = (1 / ((1 - swelling) * (1 - swelling)) - 1) / off;
  return explained > kExplainedLeast && explained < kExplainedMost && rest < kRestShare * by + kRestNoise;
}

}  // namespace

Shapes shapes_of(const CheckContext& context, const Seen& seen) {
  const std::size_t n = seen.regions.size();
  std::vector<int> parent(n);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int r) {
    while (parent[r] != r) r = parent[r] = parent[parent[r]];
    return r;
  };
  constexpr int kMeet = 3;  // px: less is a corner
  for (const SeenContact& c : seen.contacts) {
    if (c.ink == Ink::black || c.ink == Ink::none || c.length < kMeet) continue;
    if (is_rigid(context, seen.regions[c.a]) || is_rigid(context, seen.regions[c.b])) continue;
    const int a = root(c.a), b = root(c.b);
    parent[std::max(a, b)] = std::min(a, b);
  }
  Shapes shapes;
  shapes.of.assign(n, -1);
  for (std::size_t r = 0; r < n; ++r) {
    const SeenRegion& region = seen.regions[r];
    // A root is the first region of its shape.
    const auto first = static_cast<std::size_t>(root(static_cast<int>(r)));
    if (first == r) {
      shapes.of[r] = static_cast<int>(shapes.all.size());
      shapes.all.emplace_back();
      shapes.all.back().left = region.left;
      shapes.all.back().top = region.top;
    }
    const int id = shapes.of[r] = shapes.of[first];
    Shape& shape = shapes.all[id];
    shape.regions.push_back(static_cast<int>(r));
    shape.area += region.area;
    shape.outline += region.outline;
    if (shape.largest < 0 || region.area > seen.regions[shape.largest].area)
      shape.largest = static_cast<int>(r);
    shape.touches_edge = shape.touches_edge || region.touches_edge;
    shape.rigid = shape.rigid || is_rigid(context, region);
    shape.left = std::min(shape.left, region.left);
    shape.top = std::min(shape.top, region.top);
    shape.right = std::max(shape.right, region.right);
    shape.bottom = std::max(shape.bottom, region.bottom);
  }
  return shapes;
}

std::vector<TrackedShape> tracked_shapes(const CheckContext& context, int drawing, const Shapes& here) {
  constexpr double kLeastArea = 240, kThin = 5;  // px at 1920: thinner shapes are mostly outline
  std::vector<TrackedShape> list;
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return list;
  const Seen &before = context.at(near.before), &after = context.at(near.after);
  const Shapes was = shapes_of(context, before), will = shapes_of(context, after);
  const double least = kLeastArea * seen.scale * seen.scale;
  for (std::size_t s = 0; s < here.all.size(); ++s) {
    const Shape& shape = here.all[s];
    // What has no paint between what is painted is no shape but what lies behind.
    if (seen.has_paint && !seen.regions[static_cast<std::size_t>(shape.largest)].painted()) continue;
    if (shape.touches_edge || shape.area < least || shape.thickness() < seen.px(kThin)) continue;
    const int id = static_cast<int>(s);
    const int b = same_shape(here, id, seen, was, before, *near.to_before, *near.from_before);
    const int a = same_shape(here, id, seen, will, after, *near.to_after, *near.from_after);
    if (a < 0 || b < 0) continue;
    const double area_b = was.all[b].area, area_a = will.all[a].area, middle = (area_b + area_a) / 2;
    if (middle < least) continue;
    const double off = (shape.area - middle) / middle;
    list.push_back(
        {id, middle, std::abs(area_b - area_a) / middle, off, swells_all_round(seen, near, shape, off)});
  }
  return list;
}

double restlessness_of(const Shapes& here, const std::vector<TrackedShape>& shapes) {
  constexpr double kSwollen = 0.08;  // |off| of a swelling that bends what lies around it
  std::vector<double> off;
  for (const TrackedShape& s : shapes) {
    const auto bent = [&](const TrackedShape& by) {
      const Shape &own = here.all[s.shape], &other = here.all[by.shape];
      return by.swells && std::abs(by.off) > kSwollen &&
             distance(own.middle(), other.middle()) < other.extent() + own.extent() / 2;
    };
    if (!s.swells && std::none_of(shapes.begin(), shapes.end(), bent)) off.push_back(std::abs(s.off));
  }
  if (off.empty()) return 0;
  const auto place = off.begin() + static_cast<std::ptrdiff_t>(off.size() * 4 / 5);
  std::nth_element(off.begin(), place, off.end());
  return *place;
}

}  // namespace nakawari
