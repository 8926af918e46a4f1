#include "trace/mend.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include "drawing/render.h"
#include "image/components.h"
#include "trace/hard_cone.h"
#include "trace/topology.h"

namespace nakawari::tracing {
namespace {

/// Attempts on the whole page; each draws it once.
constexpr int kAttempts = 12;
/// It ends after as many attempts that made nothing better.
constexpr int kIdle = 4;
constexpr int kSweeps = 40;
/// A window reaches this far beyond the pixels that differ.
constexpr int kReach = 5;
/// Pixels are right by this much, so that rounding does not flip them; those that matter by more.
constexpr double kMargin = 0.04, kFirmMargin = 0.08;
/// Share of an ordinary pixel's violation that one sweep takes away.
constexpr double kSoftShare = 0.35;
/// No point moves farther in all, nor does a radius change by more.
constexpr double kMostMove = 2.5, kMostWidening = 1.5;
constexpr double kThinnestRadius = 0.2;

struct Box {
  int left, top, right, bottom;  // inclusive
  [[nodiscard]] bool near(const Box& o) const {
    return left <= o.right + 1 && o.left <= right + 1 && top <= o.bottom + 1 && o.top <= bottom + 1;
  }
  void add(const Box& o) {
    left = std::min(left, o.left);
    top = std::min(top, o.top);
    right = std::max(right, o.right);
    bottom = std::max(bottom, o.bottom);
  }
  [[nodiscard]] bool holds(Vec2 p) const {
    return p.x >= left && p.y >= top && p.x <= right + 1 && p.y <= bottom + 1;
  }
};

Mask drawn(const Drawing& drawing) {
  Drawing hard = drawing;
  hard.kind = LineKind::two_value;
  return core_mask(render_lines(hard));
}

/// Windows around pixels, joined where they touch, in order of their first pixel.
std::vector<Box> windows_around(const std::vector<std::int32_t>& pixels, const Mask& page) {
  std::vector<Box> boxes;
  for (const std::int32_t p : pixels) {
    const int x = p % page.width, y = p / page.width;
    Box box{std::max(0, x - kReach), std::max(0, y - kReach), std::min(page.width - 1, x + kReach),
            std::min(page.height - 1, y + kReach)};
    for (std::size_t i = 0; i < boxes.size();) {
      if (!boxes[i].near(box)) {
        ++i;
        continue;
      }
      box.add(boxes[i]);
      boxes.erase(boxes.begin() + static_cast<long>(i));
      i = 0;
    }
    boxes.push_back(box);
  }
  return boxes;
}

/// The strokes' points as they can be moved: the ends of strokes that share a node are one place.
class Points {
 public:
  explicit Points(Drawing& drawing) : drawing_(drawing) {
    std::size_t count = drawing.nodes.size();
    for (const Stroke& s : drawing.strokes) {
      first_.push_back(radius_.size());
      for (std::size_t i = 0; i < s.points.size(); ++i) {
        radius_.push_back(s.widths[i] / 2.0);
        const bool start = i == 0 && s.start >= 0, end = i + 1 == s.points.size() && s.end >= 0;
        place_.push_back(start ? static_cast<std::size_t>(s.start)
                         : end ? static_cast<std::size_t>(s.end)
                               : count++);
      }
    }
    at_.resize(count);
    for (std::size_t s = 0; s < drawing.strokes.size(); ++s)
      for (std::size_t i = 0; i < drawing.strokes[s].points.size(); ++i)
        at_[place_[first_[s] + i]] = drawing.strokes[s].points[i];
    home_ = at_;
    home_radius_ = radius_;
  }

  [[nodiscard]] std::size_t index(std::size_t stroke, std::size_t i) const { return first_[stroke] + i; }
  [[nodiscard]] Vec2 at(std::size_t i) const { return at_[place_[i]]; }
  [[nodiscard]] double radius(std::size_t i) const { return radius_[i]; }

  void move(std::size_t i, Vec2 by) {
    const std::size_t p = place_[i];
    const Vec2 off = at_[p] + by - home_[p];
    const double far = length(off);
    at_[p] = home_[p] + (far > kMostMove ? off * (kMostMove / far) : off);
  }
  /// To a place that counts as where it was.
  void put(std::size_t i, Vec2 at) { at_[place_[i]] = home_[place_[i]] = at; }
  void widen(std::size_t i, double by) {
    const double least = std::max(kThinnestRadius, home_radius_[i] - kMostWidening);
    radius_[i] = std::clamp(radius_[i] + by, least, home_radius_[i] + kMostWidening);
  }

  void write_back() {
    for (std::size_t n = 0; n < drawing_.nodes.size(); ++n) drawing_.nodes[n].position = at_[n];
    for (std::size_t s = 0; s < drawing_.strokes.size(); ++s)
      for (std::size_t i = 0; i < drawing_.strokes[s].points.size(); ++i) {
        drawing_.strokes[s].points[i] = at(index(s, i));
        drawing_.strokes[s].widths[i] = static_cast<float>(2 * radius(index(s, i)));
      }
  }

 private:
  Drawing& drawing_;
  std::vector<std::size_t> first_, place_;  // of each stroke; of each point
  std::vector<Vec2> at_, home_;             // of each place
  std::vector<double> radius_, home_radius_;
};

/// One window: its pixels ask, the points inside it answer.
class Window {
 public:
  Window(Points& points, const Drawing& drawing, const Mask& core, const Box& box)
      : points_(points), core_(core), box_(box) {
    label_parts();
    for (std::size_t s = 0; s < drawing.strokes.size(); ++s)
      for (std::size_t i = 1; i + 1 < drawing.strokes[s].points.size(); ++i) bring_back(points.index(s, i));
    for (std::size_t s = 0; s < drawing.strokes.size(); ++s)
      for (std::size_t i = 1; i < drawing.strokes[s].points.size(); ++i)
        consider(points.index(s, i - 1), points.index(s, i));
    for (int y = box.top; y <= box.bottom; ++y)
      for (int x = box.left; x <= box.right; ++x) pixels_.push_back({x + 0.5, y + 0.5});
  }

  void solve(const std::vector<Vec2>& firm) {
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      bool quiet = true;
      for (const Vec2 q : pixels_) quiet &= satisfy(q, kMargin, kSoftShare);
      for (const Vec2 q : firm) quiet &= satisfy(q, kFirmMargin, 1);
      if (quiet) return;
    }
  }

 private:
  struct Piece {
    std::size_t a, b;
    bool free_a, free_b;
    int part;  ///< of the ink that it lies on, 0 when on paper
  };

  /// A point that has strayed over paper onto another line's ink goes back between its neighbours: pixels
  /// would push it farther off.
  void bring_back(std::size_t i) {
    const Vec2 here = points_.at(i), before = points_.at(i - 1), after = points_.at(i + 1);
    if (!box_.holds(here)) return;
    const int home = part_at(before);
    if (home == 0 || part_at(after) != home || part_at(here) == home) return;
    points_.put(i, lerp(before, after, 0.5));
  }

  /// Ink that hangs together within the window: a line never reaches over paper for another line's pixel.
  void label_parts() {
    Mask cut(box_.right - box_.left + 1, box_.bottom - box_.top + 1, 0);
    for (int y = 0; y < cut.height; ++y)
      for (int x = 0; x < cut.width; ++x) cut(x, y) = core_(box_.left + x, box_.top + y);
    part_ = connected_components(cut, Connectivity::eight).label;
  }
  [[nodiscard]] int part_at(Vec2 p) const {
    const int x = static_cast<int>(std::floor(p.x)) - box_.left,
              y = static_cast<int>(std::floor(p.y)) - box_.top;
    return part_.contains(x, y) ? part_(x, y) : 0;
  }

  void consider(std::size_t a, std::size_t b) {
    const Vec2 p = points_.at(a), q = points_.at(b);
    const double reach = std::max(points_.radius(a), points_.radius(b)) + kMostMove;
    if (std::max(p.x, q.x) + reach < box_.left || std::min(p.x, q.x) - reach > box_.right + 1 ||
        std::max(p.y, q.y) + reach < box_.top || std::min(p.y, q.y) - reach > box_.bottom + 1)
      return;
    int part = part_at(lerp(p, q, 0.5));
    if (part == 0) part = part_at(p);
    if (part == 0) part = part_at(q);
    pieces_.push_back({a, b, box_.holds(p), box_.holds(q), part});
  }

  [[nodiscard]] RoundCone cone(const Piece& piece) const {
    return hard_cone(points_.at(piece.a), points_.radius(piece.a), points_.at(piece.b),
                     points_.radius(piece.b));
  }

  /// True when the pixel is right by its margin already.
  bool satisfy(Vec2 q, double margin, double share) {
    if (core_(static_cast<int>(q.x), static_cast<int>(q.y))) {
      const Piece* nearest = nullptr;
      double least = 1e9;
      const int part = part_at(q);
      for (const Piece& piece : pieces_) {
        if (piece.part != part && piece.part != 0) continue;
        const double d = cone(piece).signed_distance(q);
        if (d >= least) continue;
        least = d;
        nearest = &piece;
      }
      if (!nearest || least <= -margin) return true;
      project(*nearest, q, (-margin - least) * share);
      return false;
    }
    bool right = true;
    for (const Piece& piece : pieces_) {
      const double d = cone(piece).signed_distance(q);
      if (d >= margin) continue;
      project(piece, q, (margin - d) * share);
      right = false;
    }
    return right;
  }

  /// Changes the distance of a pixel from a piece by `change`, half by moving it, half by its width.
  void project(const Piece& piece, Vec2 q, double change) {
    const Vec2 a = points_.at(piece.a), b = points_.at(piece.b), along = b - a;
    const double t = std::clamp(dot(q - a, along) / std::max(1e-9, length_squared(along)), 0.0, 1.0);
    const double wa = piece.free_a ? 1 - t : 0, wb = piece.free_b ? t : 0;
    const double norm = wa * wa + wb * wb;
    if (norm < 1e-3) return;
    const Vec2 outward = cone(piece).edge(q).outward;
    const double step = std::clamp(change, -0.5, 0.5) / norm;
    const double least = least_radius(a, b);
    // Below the least radius a width says nothing: growing starts there, shrinking is left to moving.
    const bool thin_a = points_.radius(piece.a) <= least, thin_b = points_.radius(piece.b) <= least;
    const bool by_moving = change > 0 && (thin_a || thin_b);
    const double moved = by_moving ? step : step / 2, widened = step - moved;
    if (change < 0 && thin_a && wa > 0) points_.widen(piece.a, least - points_.radius(piece.a));
    if (change < 0 && thin_b && wb > 0) points_.widen(piece.b, least - points_.radius(piece.b));
    if (wa > 0) {
      points_.move(piece.a, outward * (-wa * moved));
      points_.widen(piece.a, -wa * widened);
    }
    if (wb > 0) {
      points_.move(piece.b, outward * (-wb * moved));
      points_.widen(piece.b, -wb * widened);
    }
  }

  Points& points_;
  const Mask& core_;
  Box box_;
  Grid<std::int32_t> part_;
  std::vector<Piece> pieces_;
  std::vector<Vec2> pixels_;
};

/// What is wrong with a drawing, worst first to compare.
struct Faults {
  std::vector<std::int32_t> topology, small;

  Faults(const Mask& core, const Drawing& drawing) {
    const Mask ours = drawn(drawing);
    topology = topology_differences(core, ours);
    small = small_region_differences(core, ours);
  }
  [[nodiscard]] std::pair<std::size_t, std::size_t> count() const { return {topology.size(), small.size()}; }
  [[nodiscard]] std::vector<std::int32_t> all() const {
    std::vector<std::int32_t> pixels;
    std::set_union(topology.begin(), topology.end(), small.begin(), small.end(), std::back_inserter(pixels));
    return pixels;
  }
};

}  // namespace

int mend_topology(Drawing& drawing, const Mask& core) {
  Faults faults(core, drawing);
  Drawing best = drawing;
  auto fewest = faults.count();
  Points points(drawing);
  std::vector<Vec2> firm;  // all that ever were wrong: what one attempt mends the next must keep
  int idle = 0;
  for (int attempt = 0; attempt < kAttempts && idle < kIdle; ++attempt) {
    const std::vector<std::int32_t> wrong = faults.all();
    if (wrong.empty()) break;
    for (const std::int32_t p : wrong) {
      const Vec2 q{p % core.width + 0.5, p / core.width + 0.5};
      if (std::find(firm.begin(), firm.end(), q) == firm.end()) firm.push_back(q);
    }
    for (const Box& box : windows_around(wrong, core)) {
      std::vector<Vec2> here;
      for (const Vec2 q : firm)
        if (box.holds(q)) here.push_back(q);
      Window(points, drawing, core, box).solve(here);
    }
    points.write_back();
    faults = Faults(core, drawing);
    ++idle;
    if (faults.count() < fewest) {
      idle = 0;
      fewest = faults.count();
      best = drawing;
    }
  }
  drawing = std::move(best);
  return static_cast<int>(fewest.first);
}

}  // namespace nakawari::tracing
