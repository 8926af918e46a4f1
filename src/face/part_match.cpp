#include "face/part_match.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <Eigen/Dense>
#include <Eigen/SparseCholesky>

#include "face/part_chains.h"

namespace nakawari {
namespace {

constexpr double kSpacing = 2;  // px
constexpr int kMostSamples = 1200;
// Rounds, and how near a line must lie: from a share of the part's size to px.
constexpr int kRounds = 6;
constexpr double kReachFirst = 0.12, kReachLast = 3;
// The same, as a share of the size, for lines that share another's place; how sure those are.
constexpr double kReachShared = 0.04;
constexpr float kHiddenConfidence = 0.5F;
// Smoothness of the displacement along lines, from first to last; across nodes and paper relative to it.
constexpr double kSmoothFirst = 60, kSmoothLast = 0.6;
constexpr double kNode = 0.7, kNearFirst = 0.1, kNearLast = 0.02, kNearAlone = 0.001;
// A piece grows or shrinks to at most this many times its length, unless it is short (px).
constexpr double kMostGrowth = 2, kShortPiece = 30;
// What is this many times as long as high may start axis on axis.
constexpr double kLong = 3;
// Partners are evened out over this many samples to each side.
constexpr int kEven = 2;
// An end belongs to an end that is missed by at most this (px), or this share of the line.
constexpr double kEndReach = 5, kEndShare = 0.35;
// The turn of a line is read over this many samples to each side.
constexpr int kTurnReach = 3;

double size_of(const SampleGraph& graph) {
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const Sample& sample : graph.samples) {
    left = std::min(left, sample.position.x);
    right = std::max(right, sample.position.x);
    top = std::min(top, sample.position.y);
    bottom = std::max(bottom, sample.position.y);
  }
  return std::max({right - left, bottom - top, 1.0});
}

void update_tangents(const SampleGraph& from, Moved& moved) {
  for (std::size_t s = 0; s + 1 < from.first.size(); ++s)
    for (std::int32_t i = from.first[s]; i < from.first[s + 1]; ++i) {
      const Vec2 before = moved.position[std::max(i - 1, from.first[s])];
      const Vec2 after = moved.position[std::min(i + 1, from.first[s + 1] - 1)];
      const Vec2 tangent = normalized(after - before);
      if (tangent != Vec2{}) moved.tangent[i] = tangent;
    }
}

/// Where each sample is drawn to, and how strongly.
struct Drawn {
  std::vector<Vec2> to;
  std::vector<double> weight;
};

/// Box onto box: the start. A side too thin to tell keeps its scale.
void fit_boxes(const SampleGraph& from, const SampleGraph& to, Moved& moved) {
  const auto range = [](const SampleGraph& graph, bool x) {
    std::vector<double> values;
    for (const Sample& sample : graph.samples) values.push_back(x ? sample.position.x : sample.position.y);
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return std::array<double, 2>{values[n / 50], values[n - 1 - n / 50]};
  };
  for (const bool x : {true, false}) {
    const auto a = range(from, x), b = range(to, x);
    double scale = a[1] - a[0] > 4 ? (b[1] - b[0]) / (a[1] - a[0]) : 1;
    scale = std::clamp(scale, 0.35, 2.9);
    for (std::size_t i = 0; i < moved.position.size(); ++i) {
      double& value = x ? moved.position[i].x : moved.position[i].y;
      value = 0.5 * (b[0] + b[1]) + scale * (value - 0.5 * (a[0] + a[1]));
    }
  }
}

/// Where the longest axis of a part lies, and how many times longer it is than the other.
struct Axis {
  Vec2 middle, along;
  double longer = 1;
};

Axis axis_of(const SampleGraph& graph) {
  Axis axis;
  const auto n = static_cast<double>(graph.samples.size());
  for (const Sample& sample : graph.samples) axis.middle += sample.position / n;
  double xx = 0, xy = 0, yy = 0;
  for (const Sample& sample : graph.samples) {
    const Vec2 d = sample.position - axis.middle;
    xx += d.x * d.x;
    xy += d.x * d.y;
    yy += d.y * d.y;
  }
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy), mean = (xx + yy) / 2,
               half = std::hypot((xx - yy) / 2, xy);
  axis.along = {std::cos(angle), std::sin(angle)};
  axis.longer = std::sqrt((mean + half) / std::max(mean - half, 1e-9 * mean));
  return axis;
}

/// Axis onto axis: for what is long, as a brow.
void fit_axes(const Axis& from, const Axis& to, Moved& moved) {
  Vec2 by{dot(from.along, to.along), cross(from.along, to.along)};
  if (by.x < 0) by = -by;
  for (Vec2& p : moved.position) {
    const Vec2 d = p - from.middle;
    p = to.middle + Vec2{by.x * d.x - by.y * d.y, by.y * d.x + by.x * d.y};
  }
}

void fit_affine(const SampleGraph& from, const Drawn& drawn, Moved& moved) {
  // Toward the identity about the middle, so that thin parts stay determined.
  Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
  Eigen::Matrix<double, 3, 2> right = Eigen::Matrix<double, 3, 2>::Zero();
  for (std::size_t i = 0; i < moved.position.size(); ++i) {
    const Eigen::Vector3d p(from.samples[i].position.x, from.samples[i].position.y, 1);
    const auto add = [&](Vec2 to, double weight) {
      normal += weight * p * p.transpose();
      right += weight * p * Eigen::RowVector2d(to.x, to.y);
    };
    add(drawn.to[i], drawn.weight[i]);
    add(moved.position[i], 0.05);
  }
  const Eigen::Matrix<double, 3, 2> fit = normal.ldlt().solve(right);
  for (std::size_t i = 0; i < moved.position.size(); ++i) {
    const Eigen::RowVector3d p(from.samples[i].position.x, from.samples[i].position.y, 1);
    const Eigen::RowVector2d q = p * fit;
    moved.position[i] = {q(0), q(1)};
  }
}

/// How much the displacement may change along links of each kind.
struct Smoothness {
  double stroke = 1, node = 1, near = 1;
};

/// Displacements from `start` (the affine fit) that follow the assignment and change little along lines.
void fit_free(const SampleGraph& from, const std::vector<Vec2>& start, const Drawn& drawn,
              const Smoothness& smooth, Moved& moved) {
  const auto n = static_cast<Eigen::Index>(from.samples.size());
  std::vector<Eigen::Triplet<double>> entries;
  Eigen::Matrix<double, Eigen::Dynamic, 2> right(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    entries.emplace_back(i, i, drawn.weight[i] + 1e-6);
    const Vec2 pull = (drawn.to[i] - start[i]) * drawn.weight[i];
    right(i, 0) = drawn.weight[i] > 0 ? pull.x : 0;
    right(i, 1) = drawn.weight[i] > 0 ? pull.y : 0;
  }
  for (const Link& link : from.links) {
    const double w = link.kind == LinkKind::stroke ? smooth.stroke
                     : link.kind == LinkKind::node ? smooth.node
                                                   : smooth.near;
    entries.emplace_back(link.a, link.a, w);
    entries.emplace_back(link.b, link.b, w);
    entries.emplace_back(link.a, link.b, -w);
    entries.emplace_back(link.b, link.a, -w);
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factor(matrix);
  const Eigen::Matrix<double, Eigen::Dynamic, 2> solved = factor.solve(right);
  for (Eigen::Index i = 0; i < n; ++i) moved.position[i] = start[i] + Vec2{solved(i, 0), solved(i, 1)};
}

/// A sample's place on the other drawing's lines.
struct Partner {
  StrokeId stroke = -1;
  double along = 0;
  Vec2 position, tangent;
  bool shared = false;  ///< another line lies there too
  bool hidden = false;  ///< no partner, but a thick line lies over its place
};

/// The place at a fraction between the samples of a chain.
Partner place_on(const SampleGraph& graph, const Chain& chain, double at) {
  const auto n = static_cast<int>(chain.samples.size());
  const int low = static_cast<int>(std::floor(at)), high = low + 1;
  const double u = at - low;
  const std::int32_t p = chain.samples[((low % n) + n) % n], q = chain.samples[((high % n) + n) % n];
  const Sample &one = graph.samples[p], &other = graph.samples[q];
  if (one.stroke == other.stroke && std::abs(p - q) == 1)
    return {one.stroke, one.along * (1 - u) + other.along * u, lerp(one.position, other.position, u),
            one.tangent};
  const Sample& near = u < 0.5 ? one : other;
  return {near.stroke, near.along, near.position, near.tangent};
}

/// Partners of the samples of one side of the laid pieces; `first`: of `from`, else of `to`.
std::vector<Partner> partners(const std::vector<LaidPiece>& laid, const std::vector<Chain>& own,
                              const SampleGraph& other, const std::vector<Chain>& others, std::size_t size,
                              bool first) {
  std::vector<Partner> result(size);
  for (const LaidPiece& piece : laid) {
    const Chain &here = own[first ? piece.a : piece.b], &there = others[first ? piece.b : piece.a];
    // The mean of what each sample lies on, then evened out along the line.
    std::vector<int> index;
    std::vector<double> at;
    int count = 0;
    for (const auto& [i, j] : piece.path) {
      const int mine = first ? i : j, theirs = first ? j : i;
      if (index.empty() || index.back() != mine) {
        index.push_back(mine);
        at.push_back(0);
        count = 0;
      }
      at.back() += (theirs - at.back()) / ++count;
    }
    const auto n = static_cast<int>(at.size());
    for (int k = 0; k < n; ++k) {
      const int reach = std::min({kEven, k, n - 1 - k});
      double sum = 0;
      for (int d = -reach; d <= reach; ++d) sum += at[k + d];
      result[here.samples[index[k] % static_cast<int>(here.samples.size())]] =
          place_on(other, there, sum / (2 * reach + 1));
    }
  }
  return result;
}

Drawn drawn_to(const std::vector<Partner>& partners) {
  Drawn drawn;
  for (const Partner& partner : partners) {
    drawn.to.push_back(partner.position);
    drawn.weight.push_back(partner.stroke < 0 ? 0 : 1);
  }
  return drawn;
}

/// Where the search starts.
enum class Start { home, boxes, axes };

struct Laid {
  std::vector<LaidPiece> pieces;
  std::vector<Partner> partners;  ///< of the samples of `from`
  Moved moved;
  double score = 0;
};

/// Lays the lines of one drawing on the other's, coarse to fine.
Laid lay(const SampleGraph& from, const std::vector<Chain>& from_chains, const SampleGraph& to,
         const std::vector<Chain>& to_chains, Start kind) {
  Laid result;
  Moved& moved = result.moved;
  for (const Sample& sample : from.samples) {
    moved.position.push_back(sample.position);
    moved.tangent.push_back(sample.tangent);
  }
  if (kind == Start::boxes) fit_boxes(from, to, moved);
  if (kind == Start::axes) fit_axes(axis_of(from), axis_of(to), moved);
  update_tangents(from, moved);
  const double size = std::max(size_of(from), size_of(to));
  std::vector<Vec2> start = moved.position;
  for (int round = 0; round < kRounds; ++round) {
    const double u = static_cast<double>(round) / (kRounds - 1);
    const double first = std::max(kReachLast, size * kReachFirst);
    const double reach = first * std::pow(kReachLast / first, u);
    result.pieces = lay_chains(from, from_chains, moved, to, to_chains, reach);
    result.partners = partners(result.pieces, from_chains, to, to_chains, from.samples.size(), true);
    const Drawn drawn = drawn_to(result.partners);
    if (round == 0) {
      fit_affine(from, drawn, moved);
      start = moved.position;
    }
    const double along = kSmoothFirst * std::pow(kSmoothLast / kSmoothFirst, u);
    const double across = along * kNearFirst * std::pow(kNearLast / kNearFirst, u);
    fit_free(from, start, drawn, {along, along * kNode, across}, moved);
    update_tangents(from, moved);
  }
  // A line that would have to grow so much is another line.
  std::erase_if(result.pieces, [&](const LaidPiece& piece) {
    const double here = std::abs(piece.path.back().first - piece.path.front().first) * from.spacing,
                 there = std::abs(piece.path.back().second - piece.path.front().second) * to.spacing;
    return std::max(here, there) > kShortPiece && std::max(here, there) > kMostGrowth * std::min(here, there);
  });
  result.partners = partners(result.pieces, from_chains, to, to_chains, from.samples.size(), true);
  for (const LaidPiece& piece : result.pieces) result.score += piece.score;
  return result;
}

/// Turn of the line at each sample, read over a few samples to each side.
void read_turns(const SampleGraph& from, std::vector<SampleMatch>& matches) {
  for (std::int32_t i = 0; i < from.size(); ++i) {
    const StrokeId stroke = from.samples[i].stroke;
    const std::int32_t low = std::max(from.first[stroke], i - kTurnReach);
    const std::int32_t high = std::min(from.first[stroke + 1] - 1, i + kTurnReach);
    const Vec2 here = matches[high].here - matches[low].here,
               there = matches[high].there - matches[low].there;
    if (here == Vec2{} || there == Vec2{}) continue;
    matches[i].rotation = static_cast<float>(std::atan2(cross(here, there), dot(here, there)));
    if (matches[i].partner_stroke < 0)
      matches[i].there_tangent = rotated(matches[i].here_tangent, matches[i].rotation);
  }
}

/// Which samples are the end of a stroke that stands free, or that meets others.
std::vector<char> joints(const SampleGraph& graph) {
  std::vector<char> joint(graph.samples.size(), 0);
  for (const Link& link : graph.links)
    if (link.kind == LinkKind::node) joint[link.a] = joint[link.b] = 1;
  return joint;
}

/// The place on a stroke at an arc length.
Vec2 place_at(const SampleGraph& graph, StrokeId stroke, double along) {
  const std::int32_t begin = graph.first[stroke], end = graph.first[stroke + 1];
  std::int32_t k = begin;
  while (k + 2 < end && graph.samples[k + 1].along < along) ++k;
  const Sample &p = graph.samples[k], &q = graph.samples[k + 1];
  const double u = q.along > p.along ? std::clamp((along - p.along) / (q.along - p.along), 0.0, 1.0) : 0;
  return lerp(p.position, q.position, u);
}

/// Smoothness holds a line back from the ends of its partner: where an end belongs to an end (both free, or
/// both at a node), the half of the line before it is stretched until they meet.
void meet_ends(const SampleGraph& from, const SampleGraph& to, std::vector<SampleMatch>& matches) {
  const std::vector<char> ours = joints(from), theirs = joints(to);
  for (std::size_t s = 0; s + 1 < from.first.size(); ++s) {
    const std::int32_t begin = from.first[s], end = from.first[s + 1];
    const double length = from.samples[end - 1].along;
    for (const bool last : {false, true}) {
      // The outermost matched sample, and the way along its partner toward our end.
      std::int32_t i = last ? end - 1 : begin;
      const std::int32_t step = last ? -1 : 1;
      const std::int32_t middle = (begin + end) / 2;
      while (i != middle && matches[i].partner_stroke < 0) i += step;
      if (i == middle) continue;
      const StrokeId partner = matches[i].partner_stroke;
      std::int32_t k = i;
      while (k != middle && matches[k + step].partner_stroke == partner) k += step;
      if (k == i) continue;
      const double ahead = matches[i].partner_along - matches[k].partner_along;
      const std::int32_t goal = ahead > 0 ? to.first[partner + 1] - 1 : to.first[partner];
      if (ours[last ? end - 1 : begin] != theirs[goal]) continue;
      const double missing = to.samples[goal].along - matches[i].partner_along;
      if (std::abs(missing) > std::max(kEndReach, kEndShare * length)) continue;
      const std::int32_t tip = last ? end - 1 : begin;
      for (std::int32_t m = k;; m -= step) {
        const double u = static_cast<double>(m - k) / (tip - k);
        SampleMatch& match = matches[m];
        // Samples beyond the outermost matched one take part from here on.
        const double base = match.partner_stroke == partner ? match.partner_along : matches[i].partner_along;
        match.partner_stroke = partner;
        match.partner_along = static_cast<float>(std::clamp(
            base + missing * u, 0.0, static_cast<double>(to.samples[to.first[partner + 1] - 1].along)));
        match.there = place_at(to, partner, match.partner_along);
        match.confidence = 1;
        if (m == tip) break;
      }
    }
  }
}

/// What found no line of its own may lie on one that another line has, or under a thick one.
void share(const SampleGraph& from, const std::vector<Chain>& from_chains, const SampleGraph& to,
           const std::vector<Chain>& to_chains, Moved& moved, std::vector<Partner>& found) {
  std::vector<char> taken;
  for (const Partner& partner : found) taken.push_back(partner.stroke >= 0 ? 1 : 0);
  const auto refit = [&] {
    const std::vector<Vec2> start = moved.position;
    fit_free(from, start, drawn_to(found), {kSmoothLast, kSmoothLast * kNode, kSmoothLast * kNearAlone},
             moved);
    update_tangents(from, moved);
  };
  for (std::int32_t i = 0; i < from.size(); ++i) moved.position[i] = from.samples[i].position;
  refit();
  const double reach = std::max(kReachLast, kReachShared * std::max(size_of(from), size_of(to)));
  const auto pieces = lay_chains(from, from_chains, moved, to, to_chains, reach, taken);
  const std::vector<Partner> shared = partners(pieces, from_chains, to, to_chains, from.samples.size(), true);
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i].stroke < 0 && shared[i].stroke >= 0) {
      found[i] = shared[i];
      found[i].shared = true;
    }
  refit();
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i].stroke < 0)
      found[i].hidden = std::any_of(to.samples.begin(), to.samples.end(), [&](const Sample& sample) {
        return sample.ink == Ink::black && distance(sample.position, moved.position[i]) < sample.width / 2;
      });
}

std::vector<SampleMatch> collect(const SampleGraph& from, const SampleGraph& to, const Moved& moved,
                                 const std::vector<Partner>& partners) {
  std::vector<SampleMatch> matches(from.samples.size());
  for (std::int32_t i = 0; i < from.size(); ++i) {
    const Sample& sample = from.samples[i];
    SampleMatch& m = matches[i];
    m.here = sample.position;
    m.here_tangent = sample.tangent;
    m.stroke = sample.stroke;
    m.along = sample.along;
    m.predicted = m.there = moved.position[i];
    m.there_tangent = moved.tangent[i];
    const Partner& partner = partners[i];
    if (partner.hidden) m.confidence = kHiddenConfidence;
    if (partner.stroke < 0) continue;
    m.partner_stroke = partner.stroke;
    m.partner_along = static_cast<float>(partner.along);
    m.there = partner.position;
    m.there_tangent = dot(partner.tangent, m.there_tangent) < 0 ? -partner.tangent : partner.tangent;
    m.confidence = partner.shared ? kHiddenConfidence : 1;
  }
  meet_ends(from, to, matches);
  read_turns(from, matches);
  return matches;
}

double covered(const std::vector<SampleMatch>& matches) {
  if (matches.empty()) return 1;
  const auto found =
      std::count_if(matches.begin(), matches.end(), [](const SampleMatch& m) { return m.confidence > 0; });
  return static_cast<double>(found) / static_cast<double>(matches.size());
}

}  // namespace

SampleGraph part_graph(const Drawing& drawing) {
  SampleOptions options;
  options.spacing = kSpacing / page_scale(drawing);
  options.most_samples = kMostSamples;
  return sample_graph(drawing, options);
}

Correspondence match_parts(const SampleGraph& a, const SampleGraph& b) {
  Correspondence result;
  const std::vector<Chain> a_chains = chains_of(a), b_chains = chains_of(b);
  Laid best;
  if (!a.samples.empty() && !b.samples.empty())
    for (const Start start : {Start::home, Start::boxes, Start::axes}) {
      if (start == Start::axes && std::min(axis_of(a).longer, axis_of(b).longer) < kLong) continue;
      Laid tried = lay(a, a_chains, b, b_chains, start);
      if (best.pieces.empty() || tried.score > best.score) best = std::move(tried);
    }
  else
    for (const Sample& sample : a.samples) {
      best.moved.position.push_back(sample.position);
      best.moved.tangent.push_back(sample.tangent);
    }
  std::vector<Partner> there = std::move(best.partners),
                       back = partners(best.pieces, b_chains, a, a_chains, b.samples.size(), false);
  there.resize(a.samples.size());
  Moved home;
  for (const Sample& sample : b.samples) {
    home.position.push_back(sample.position);
    home.tangent.push_back(sample.tangent);
  }
  if (!b.samples.empty() && !a.samples.empty()) {
    share(a, a_chains, b, b_chains, best.moved, there);
    share(b, b_chains, a, a_chains, home, back);
  }
  result.a_to_b = collect(a, b, best.moved, there);
  result.b_to_a = collect(b, a, home, back);
  result.coverage_a = covered(result.a_to_b);
  result.coverage_b = covered(result.b_to_a);
  return result;
}

}  // namespace nakawari
