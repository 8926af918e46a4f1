#include "trace/fit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "trace/hard_cone.h"

namespace nakawari::tracing {
namespace {

constexpr int kRounds = 20;
/// Anti-aliased lines are fitted to the covered shares first and then, like 2-value ones, to the half
/// covered pixels: between near lines the shares mix, and only the latter keep the gap open.
constexpr int kSoftRounds = 10;
/// Share of the fairing in the first and in the last rounds.
constexpr double kFairFirst = 0.5, kFairLast = 0.08;
/// A pixel's centre should lie this far inside or outside, so that rounding does not flip it.
constexpr double kMargin = 0.06;
/// Pixels farther than this from every stroke's edge are settled, or beyond repair here.
constexpr double kBand = 2.0;
/// No demand is greater than this in one round, nor does a node move farther in all.
constexpr double kMostDemand = 0.7, kMostNodeMove = 0.75;
constexpr double kThinnestRadius = 0.2;
/// A free end that shrinks stays this far from the point before it.
constexpr double kShortestPiece = 0.3;
/// A pixel on the wrong side counts this much more every round, up to a limit.
constexpr float kImpatience = 1.3F, kMostWeight = 20;
/// Covered shares change only within this distance of an edge.
constexpr double kSoftBand = 0.5;
/// An anti-aliased pixel is wrong when its covered share is off by more than this.
constexpr double kWrongShare = 0.15;
constexpr std::size_t kPixelsPerTask = 2048;

/// A piece of a stroke between two of the flat points.
struct Piece {
  std::int32_t a = 0, b = 0;
  bool cap_a = false, cap_b = false;  ///< a stroke ends here
};

struct Point {
  Vec2 at, normal;
  double radius = 0.5;
  NodeId node = -1;
};

/// What one pixel asks of one piece.
struct Demand {
  std::int32_t piece = -1;
  float t = 0;           ///< place along the piece
  float grow = 0;        ///< pixels outward, negative inward
  float weight = 1;      ///< grows while the pixel stays wrong
  std::int8_t side = 0;  ///< 0 and 1: of the line; 2: beyond its start; 3: beyond its end
};

class Fitter {
 public:
  Fitter(Drawing& drawing, const LineImage& lines, Threads threads)
      : drawing_(drawing), lines_(lines), threads_(threads) {
    for (const Stroke& stroke : drawing.strokes) add(stroke);
    free_.resize(drawing.nodes.size());
    for (std::size_t n = 0; n < drawing.nodes.size(); ++n) {
      home_.push_back(drawing.nodes[n].position);
      free_[n] = drawing.nodes[n].strokes.size() == 1;
    }
    collect_pixels();
    moved_.assign(pieces_.size(), 0.0F);
    past_ = points_;
  }

  void run() {
    for (int round = 0; round < kRounds; ++round) {
      const double share = static_cast<double>(round) / (kRounds - 1);
      hard_ = round >= kSoftRounds;
      if (round == kSoftRounds) std::fill(slack_.begin(), slack_.end(), 0.0F);
      set_normals();
      ask();
      answer();
      fair(kFairFirst + (kFairLast - kFairFirst) * share);
      tie();
      tire();
    }
    set_normals();
    ask();
    answer();
    tie();
    write_back();
  }

 private:
  void add(const Stroke& stroke) {
    const auto first = static_cast<std::int32_t>(points_.size());
    const auto count = static_cast<std::int32_t>(stroke.points.size());
    for (std::int32_t i = 0; i < count; ++i) {
      Point p;
      p.at = stroke.points[static_cast<std::size_t>(i)];
      p.radius = stroke.widths[static_cast<std::size_t>(i)] / 2.0;
      if (i == 0) p.node = stroke.start;
      if (i + 1 == count) p.node = stroke.end;
      points_.push_back(p);
      if (i > 0) pieces_.push_back({first + i - 1, first + i, i == 1, i + 1 == count});
    }
    first_.push_back(first);
  }

  [[nodiscard]] Point& point(std::int32_t i) { return points_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Point& point(std::int32_t i) const { return points_[static_cast<std::size_t>(i)]; }

  [[nodiscard]] RoundCone cone(const Piece& piece) const {
    const Point &a = point(piece.a), &b = point(piece.b);
    return hard_ ? hard_cone(a.at, a.radius, b.at, b.radius) : RoundCone(a.at, a.radius, b.at, b.radius);
  }

  /// The pixels near edges of strokes, each with the pieces that are near it.
  void collect_pixels() {
    std::vector<std::pair<std::int32_t, std::int32_t>> near;  // pixel, piece
    const int width = lines_.width(), height = lines_.height();
    for (std::size_t k = 0; k < pieces_.size(); ++k) {
      const Piece& piece = pieces_[k];
      const Vec2 a = point(piece.a).at, b = point(piece.b).at;
      const double reach = std::max(point(piece.a).radius, point(piece.b).radius) + kBand;
      const RoundCone shape = cone(piece);
      const int left = std::max(0, static_cast<int>(std::min(a.x, b.x) - reach));
      const int right = std::min(width - 1, static_cast<int>(std::max(a.x, b.x) + reach));
      const int top = std::max(0, static_cast<int>(std::min(a.y, b.y) - reach));
      const int bottom = std::min(height - 1, static_cast<int>(std::max(a.y, b.y) + reach));
      for (int y = top; y <= bottom; ++y)
        for (int x = left; x <= right; ++x)
          if (std::abs(shape.signed_distance({x + 0.5, y + 0.5})) < kBand)
            near.emplace_back(y * width + x, static_cast<std::int32_t>(k));
    }
    sort_by_pixel(near);
    for (std::size_t i = 0; i < near.size(); ++i) {
      if (i == 0 || near[i].first != near[i - 1].first) {
        pixels_.push_back(near[i].first);
        range_.push_back(i);
      }
      candidates_.push_back(near[i].second);
    }
    range_.push_back(near.size());
    demands_.resize(pixels_.size());
    patience_.assign(pixels_.size(), 1.0F);
    slack_.assign(pixels_.size(), 0.0F);
  }

  /// Sorts by pixel and keeps the order of pieces: by column, then by row, each in one counting pass.
  void sort_by_pixel(std::vector<std::pair<std::int32_t, std::int32_t>>& near) const {
    std::vector<std::pair<std::int32_t, std::int32_t>> other(near.size());
    const auto pass = [&](int buckets, auto bucket_of) {
      std::vector<std::size_t> next(static_cast<std::size_t>(buckets) + 1, 0);
      for (const auto& n : near) ++next[static_cast<std::size_t>(bucket_of(n.first)) + 1];
      for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
      for (const auto& n : near) other[next[static_cast<std::size_t>(bucket_of(n.first))]++] = n;
      near.swap(other);
    };
    const int width = lines_.width();
    pass(width, [width](std::int32_t pixel) { return pixel % width; });
    pass(lines_.height(), [width](std::int32_t pixel) { return pixel / width; });
  }

  void set_normals() {
    for (std::size_t s = 0; s < drawing_.strokes.size(); ++s) {
      const std::int32_t first = first_[s];
      const auto last = first + static_cast<std::int32_t>(drawing_.strokes[s].points.size()) - 1;
      for (std::int32_t i = first; i <= last; ++i)
        point(i).normal =
            perpendicular(normalized(point(std::min(last, i + 1)).at - point(std::max(first, i - 1)).at));
    }
  }

  void ask() {
    cones_.clear();
    for (const Piece& piece : pieces_) cones_.push_back(cone(piece));
    const std::size_t tasks = (pixels_.size() + kPixelsPerTask - 1) / kPixelsPerTask;
    parallel_for(threads_, tasks, [&](std::size_t task) {
      const std::size_t to = std::min(pixels_.size(), (task + 1) * kPixelsPerTask);
      for (std::size_t i = task * kPixelsPerTask; i < to; ++i) {
        if (still_right(i))
          demands_[i].piece = -1;
        else
          demands_[i] = demand_of(i);
      }
    });
  }

  /// A pixel that was right by some margin stays right until the pieces near it have moved by as much.
  [[nodiscard]] bool still_right(std::size_t i) {
    if (slack_[i] <= 0) return false;
    float moved = 0;
    for (std::size_t k = range_[i]; k < range_[i + 1]; ++k)
      moved = std::max(moved, moved_[static_cast<std::size_t>(candidates_[k])]);
    slack_[i] -= moved;
    return slack_[i] > 0;
  }

  /// Notes how far every piece's outline can have moved since the last call.
  void tire() {
    for (std::size_t k = 0; k < pieces_.size(); ++k) {
      const auto a = static_cast<std::size_t>(pieces_[k].a), b = static_cast<std::size_t>(pieces_[k].b);
      const Vec2 da = points_[a].at - past_[a].at, db = points_[b].at - past_[b].at;
      const double ra = std::abs(points_[a].radius - past_[a].radius),
                   rb = std::abs(points_[b].radius - past_[b].radius);
      // The least radius of a thin piece goes with its direction.
      moved_[k] = static_cast<float>(std::max(length(da) + ra, length(db) + rb) + length(db - da) / 2);
    }
    past_ = points_;
  }

  [[nodiscard]] Demand demand_of(std::size_t i) {
    const std::int32_t pixel = pixels_[i];
    const Vec2 q{pixel % lines_.width() + 0.5, pixel / lines_.width() + 0.5};
    std::int32_t best = -1;
    double nearest = 1e9;
    for (std::size_t k = range_[i]; k < range_[i + 1]; ++k) {
      const double d = cones_[static_cast<std::size_t>(candidates_[k])].signed_distance(q);
      if (d < nearest) {
        nearest = d;
        best = candidates_[k];
      }
    }
    Demand demand;
    const double grow = wanted(pixel, nearest, best);
    if (grow == 0) {
      slack_[i] = static_cast<float>(std::abs(nearest) - (hard_ ? kMargin : kSoftBand));
      return demand;
    }
    const bool inside = lines_.coverage.data[static_cast<std::size_t>(pixel)] >= 128;
    const bool wrong = hard_ ? inside != (nearest <= 0) : std::abs(grow) > kWrongShare;
    if (wrong) patience_[i] = std::min(kMostWeight, patience_[i] * kImpatience);
    const Piece& piece = pieces_[static_cast<std::size_t>(best)];
    const Point &a = point(piece.a), &b = point(piece.b);
    const Vec2 along = b.at - a.at;
    const double t = dot(q - a.at, along) / std::max(1e-9, length_squared(along));
    demand.piece = best;
    demand.t = static_cast<float>(std::clamp(t, 0.0, 1.0));
    demand.grow = static_cast<float>(std::clamp(grow, -kMostDemand, kMostDemand));
    demand.weight = patience_[i];
    demand.side = cross(along, q - a.at) > 0 ? 0 : 1;
    if (t < 0 && piece.cap_a) demand.side = 2;
    if (t > 1 && piece.cap_b) demand.side = 3;
    return demand;
  }

  /// How far the edge nearest to a pixel should move outward for the pixel to be right.
  [[nodiscard]] double wanted(std::int32_t pixel, double distance, std::int32_t piece) const {
    const double ink = lines_.coverage.data[static_cast<std::size_t>(pixel)] / 255.0;
    if (hard_) {
      if (ink > 0.5) return std::max(0.0, distance + kMargin);
      return std::min(0.0, distance - kMargin);
    }
    const Piece& p = pieces_[static_cast<std::size_t>(piece)];
    const double width = point(p.a).radius + point(p.b).radius;
    // Covered share of the pixel across the line: between its two edges, of which one is near.
    const double covered =
        std::clamp(0.5 - distance, 0.0, 1.0) - std::clamp(0.5 - (distance + width), 0.0, 1.0);
    const double missing = ink - covered;
    return std::abs(missing) < 0.03 ? 0.0 : missing;
  }

  struct Sum {
    double grow = 0, weight = 0;
    void add(double g, double w) {
      grow += g * w;
      weight += w;
    }
    [[nodiscard]] double mean() const { return weight > 0 ? grow / weight : 0; }
  };

  void answer() {
    sums_.assign(points_.size(), {});
    urgency_.assign(points_.size(), 1.0F);
    for (const Demand& d : demands_) {
      if (d.piece < 0) continue;
      const Piece& piece = pieces_[static_cast<std::size_t>(d.piece)];
      const auto side = static_cast<std::size_t>(std::min<std::int8_t>(d.side, 2));
      for (const std::int32_t i : {piece.a, piece.b})
        urgency_[static_cast<std::size_t>(i)] = std::max(urgency_[static_cast<std::size_t>(i)], d.weight);
      sums_[static_cast<std::size_t>(piece.a)][side].add(d.grow, d.weight * (1.0 - d.t));
      sums_[static_cast<std::size_t>(piece.b)][side].add(d.grow, d.weight * d.t);
    }
    for (std::size_t i = 0; i < points_.size(); ++i) {
      Point& p = points_[i];
      const double right = sums_[i][0].mean(), left = sums_[i][1].mean(), beyond = sums_[i][2].mean();
      p.at += p.normal * (0.5 * (right - left));
      double wider = 0.5 * (right + left);
      if (p.node >= 0 && beyond != 0) {
        if (free_[static_cast<std::size_t>(p.node)])
          lengthen(i, beyond);
        else
          wider += beyond;
      }
      p.radius = std::max(kThinnestRadius, p.radius + wider);
    }
  }

  /// Moves a stroke's end out or in, not past the point before it.
  void lengthen(std::size_t i, double by) {
    const bool at_start = i + 1 < points_.size() && !(i > 0 && is_end(i));
    const Vec2 out = points_[i].at - (at_start ? points_[i + 1].at : points_[i - 1].at);
    points_[i].at += normalized(out) * std::max(by, kShortestPiece - length(out));
  }
  [[nodiscard]] bool is_end(std::size_t i) const {
    return !std::binary_search(first_.begin(), first_.end(), static_cast<std::int32_t>(i));
  }

  /// Pulls each point a share of the way to the cubic through its four neighbours, across the line only.
  void fair(double share) {
    for (std::size_t s = 0; s < drawing_.strokes.size(); ++s) {
      const std::int32_t first = first_[s];
      const auto n = static_cast<std::int32_t>(drawing_.strokes[s].points.size());
      const bool loop =
          drawing_.strokes[s].closed() &&
          drawing_.nodes[static_cast<std::size_t>(drawing_.strokes[s].start)].strokes.size() == 2 && n > 6;
      before_.assign(points_.begin() + first, points_.begin() + first + n);
      const auto get = [&](std::int32_t i) -> const Point& {
        if (loop) i = (i + (n - 1)) % (n - 1);
        return before_[static_cast<std::size_t>(i)];
      };
      for (std::int32_t i = loop ? 0 : 1; i < n - 1; ++i) {
        Point& p = point(first + i);
        Vec2 at;
        double radius;
        double part = share / urgency_[static_cast<std::size_t>(first + i)];
        if (loop || (i >= 2 && i + 2 < n)) {
          const Point &a = get(i - 2), &b = get(i - 1), &c = get(i + 1), &d = get(i + 2);
          at = (b.at + c.at) * (4.0 / 6) - (a.at + d.at) * (1.0 / 6);
          radius = (b.radius + c.radius) * (4.0 / 6) - (a.radius + d.radius) * (1.0 / 6);
        } else {
          at = (get(i - 1).at + get(i + 1).at) * 0.5;
          radius = (get(i - 1).radius + get(i + 1).radius) * 0.5;
          part *= 0.3;
        }
        p.at += p.normal * (part * dot(at - p.at, p.normal));
        p.radius = std::max(kThinnestRadius, p.radius + part * (radius - p.radius));
      }
    }
  }

  /// Strokes that share a node share its new place.
  void tie() {
    std::vector<Vec2> sum(drawing_.nodes.size());
    std::vector<int> count(drawing_.nodes.size(), 0);
    for (const Point& p : points_)
      if (p.node >= 0) {
        sum[static_cast<std::size_t>(p.node)] += p.at;
        ++count[static_cast<std::size_t>(p.node)];
      }
    for (std::size_t n = 0; n < sum.size(); ++n) {
      if (count[n] == 0) continue;
      const Vec2 move = sum[n] / count[n] - home_[n];
      const double most = free_[n] ? 4 * kMostNodeMove : kMostNodeMove;
      drawing_.nodes[n].position = home_[n] + move * std::min(1.0, most / std::max(1e-9, length(move)));
    }
    for (Point& p : points_)
      if (p.node >= 0) p.at = drawing_.nodes[static_cast<std::size_t>(p.node)].position;
  }

  void write_back() {
    for (std::size_t s = 0; s < drawing_.strokes.size(); ++s)
      for (std::size_t i = 0; i < drawing_.strokes[s].points.size(); ++i) {
        const Point& p = points_[static_cast<std::size_t>(first_[s]) + i];
        drawing_.strokes[s].points[i] = p.at;
        drawing_.strokes[s].widths[i] = static_cast<float>(2 * p.radius);
      }
  }

  Drawing& drawing_;
  const LineImage& lines_;
  bool hard_ = true;  // pixels ask for their centre only, not for the share that is covered
  Threads threads_;
  std::vector<Point> points_, before_;
  std::vector<Piece> pieces_;
  std::vector<RoundCone> cones_;     // of pieces_, as they stand this round
  std::vector<std::int32_t> first_;  // of each stroke, in points_
  std::vector<Vec2> home_;
  std::vector<bool> free_;
  std::vector<std::int32_t> pixels_, candidates_;
  std::vector<std::size_t> range_;
  std::vector<Demand> demands_;
  std::vector<float> patience_;  // weight of each pixel
  std::vector<float> slack_;     // how far the outlines may move before a pixel needs a look
  std::vector<float> moved_;     // of each piece, in the last round
  std::vector<Point> past_;      // points_ before that
  std::vector<std::array<Sum, 3>> sums_;
  std::vector<float> urgency_;  // greatest weight that asked of a point: fairing gives way to it
};

}  // namespace

void fit_to_pixels(Drawing& drawing, const LineImage& lines, Threads threads) {
  Fitter(drawing, lines, threads).run();
}

}  // namespace nakawari::tracing
