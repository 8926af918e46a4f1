#include "face/part_chains.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace nakawari {
namespace {

// A line goes on through a junction when it turns by less than this (cosine) and its width changes by less
// than this (log), both read over some samples beyond the junction.
constexpr double kOnCosine = 0.7, kOnWidth = 0.9, kWidthShare = 0.35;
constexpr int kFirstSeen = 1, kLastSeen = 6;
// A sample that lies well is worth this; what distance (in squared reaches), direction (from along to
// against) and width (a factor e) take off it; what a step along one line alone takes off.
constexpr double kWorth = 1, kFarCost = 0.35, kTurnCost = 1.4, kWidthCost = 0.5, kStretchCost = 0.04;
constexpr double kUsed = -1e6;
// A line is at its end at most this many times as wide as in its median.
constexpr float kOwnWidth = 1.25F;
// Pieces worth less than this many samples are chance.
constexpr double kLeastScore = 2.5;
constexpr double kFarthest = 1.8;  // reaches

struct End {
  StrokeId stroke;
  bool last;  ///< the stroke's end, else its start
  Vec2 out;   ///< from the junction into the stroke
  double width;
  Ink ink;
};

End end_of(const SampleGraph& graph, StrokeId stroke, bool last) {
  const std::int32_t begin = graph.first[stroke], end = graph.first[stroke + 1];
  const auto at = [&](int k) {
    const int n = std::min(k, end - begin - 1);
    return last ? end - 1 - n : begin + n;
  };
  End result{stroke, last,
             normalized(graph.samples[at(kLastSeen)].position - graph.samples[at(kFirstSeen)].position), 0,
             graph.samples[begin].ink};
  if (result.out == Vec2{})
    result.out = normalized(graph.samples[at(kLastSeen)].position - graph.samples[at(0)].position);
  for (int k = kFirstSeen; k <= kLastSeen; ++k) result.width += graph.samples[at(k)].width;
  result.width /= kLastSeen - kFirstSeen + 1;
  return result;
}

/// For each end of each stroke (2 * stroke + last) the end that it goes on in, -1 where it stops.
std::vector<int> continuations(const SampleGraph& graph) {
  const auto strokes = static_cast<StrokeId>(graph.first.size()) - 1;
  std::vector<int> on(2 * strokes, -1);
  std::map<std::int32_t, int> end_at;  // sample -> end
  for (StrokeId s = 0; s < strokes; ++s) {
    end_at.emplace(graph.first[s], 2 * s);
    end_at.emplace(graph.first[s + 1] - 1, 2 * s + 1);
  }
  struct Way {
    double price;
    int one, other;
  };
  std::vector<Way> ways;
  for (const Link& link : graph.links) {
    if (link.kind != LinkKind::node) continue;
    const auto p = end_at.find(link.a), q = end_at.find(link.b);
    if (p == end_at.end() || q == end_at.end()) continue;
    const End one = end_of(graph, p->second / 2, p->second % 2 == 1),
              other = end_of(graph, q->second / 2, q->second % 2 == 1);
    const double straight = -dot(one.out, other.out), wider = std::abs(std::log(one.width / other.width));
    if (one.ink != other.ink || straight < kOnCosine || wider > kOnWidth) continue;
    ways.push_back({1 - straight + kWidthShare * wider, p->second, q->second});
  }
  std::stable_sort(ways.begin(), ways.end(), [](const Way& l, const Way& r) { return l.price < r.price; });
  for (const Way& way : ways)
    if (on[way.one] < 0 && on[way.other] < 0) {
      on[way.one] = way.other;
      on[way.other] = way.one;
    }
  return on;
}

/// How well two chains lie on each other, cell by cell; the best piece by dynamic programming.
class Table {
 public:
  Table(const SampleGraph& from, const Chain& a, const Moved& moved, const SampleGraph& to, const Chain& b,
        bool against, double reach, const std::vector<char>& used_a, const std::vector<char>& used_b)
      : rows_(a.samples.size()),
        own_(b.samples.size()),
        columns_(own_ * (b.closed ? 2 : 1)),
        against_(against) {
    value_.assign(rows_ * own_, 0);
    for (std::size_t i = 0; i < rows_; ++i)
      for (std::size_t k = 0; k < own_; ++k) {
        const std::int32_t p = a.samples[i], q = b.samples[against ? own_ - 1 - k : k];
        float& value = value_[i * own_ + k];
        if (used_a[p] != 0 || used_b[q] != 0) {
          value = kUsed;
          continue;
        }
        const Sample &here = from.samples[p], &there = to.samples[q];
        const double far = length_squared(moved.position[p] - there.position) / (reach * reach);
        double cosine =
            dot(direction(from, a, i, moved.tangent), direction(to, b, against ? own_ - 1 - k : k));
        if (against) cosine = -cosine;
        const double wider = std::log(here.width / there.width);
        value = static_cast<float>(kWorth - kFarCost * far - kTurnCost * (1 - cosine) -
                                   kWidthCost * wider * wider);
      }
  }

  /// The best piece; its path runs in `b`'s own indices.
  LaidPiece best() {
    std::vector<float> score(rows_ * columns_, 0);
    std::vector<std::uint8_t> from(rows_ * columns_, 0);
    std::size_t top = 0;
    for (std::size_t i = 0; i < rows_; ++i)
      for (std::size_t k = 0; k < columns_; ++k) {
        const float value = value_[i * own_ + k % own_];
        const std::size_t at = i * columns_ + k;
        float best = value;
        std::uint8_t step = 0;
        const auto offer = [&](std::size_t before, double worth, std::uint8_t way) {
          if (score[before] + worth <= best) return;
          best = static_cast<float>(score[before] + worth);
          step = way;
        };
        if (i > 0 && k > 0) offer(at - columns_ - 1, value, 1);
        if (i > 0) offer(at - columns_, 0.5 * value - kStretchCost, 2);
        if (k > 0) offer(at - 1, 0.5 * value - kStretchCost, 3);
        score[at] = best;
        from[at] = step;
        if (best > score[top]) top = at;
      }
    LaidPiece piece;
    piece.score = rows_ * columns_ > 0 ? score[top] : 0;
    for (std::size_t at = top;;) {
      const auto k = static_cast<int>(at % columns_);
      piece.path.emplace_back(static_cast<int>(at / columns_),
                              against_ ? static_cast<int>(columns_) - 1 - k : k);
      if (from[at] == 0) break;
      at -= from[at] == 1 ? columns_ + 1 : from[at] == 2 ? columns_ : 1;
    }
    std::reverse(piece.path.begin(), piece.path.end());
    cut_overlap(piece);
    return piece;
  }

 private:
  /// The way the chain runs at its sample i.
  static Vec2 direction(const SampleGraph& graph, const Chain& chain, std::size_t i) {
    return forward(graph, chain, i) ? graph.samples[chain.samples[i]].tangent
                                    : -graph.samples[chain.samples[i]].tangent;
  }
  static Vec2 direction(const SampleGraph& graph, const Chain& chain, std::size_t i,
                        const std::vector<Vec2>& tangent) {
    return forward(graph, chain, i) ? tangent[chain.samples[i]] : -tangent[chain.samples[i]];
  }
  static bool forward(const SampleGraph& graph, const Chain& chain, std::size_t i) {
    const auto same = [&](std::size_t k) {
      return graph.samples[chain.samples[k]].stroke == graph.samples[chain.samples[i]].stroke;
    };
    if (i + 1 < chain.samples.size() && same(i + 1)) return chain.samples[i + 1] > chain.samples[i];
    return i == 0 || !same(i - 1) || chain.samples[i] > chain.samples[i - 1];
  }
  /// Once around a closed chain is enough.
  void cut_overlap(LaidPiece& piece) const {
    std::size_t n = 1;
    while (n < piece.path.size() &&
           static_cast<std::size_t>(std::abs(piece.path[n].second - piece.path[0].second)) < own_)
      ++n;
    piece.path.resize(n);
  }

  std::size_t rows_, own_, columns_;
  bool against_;
  std::vector<float> value_;
};

struct Bounds {
  Vec2 low{1e9, 1e9}, high{-1e9, -1e9};
  void add(Vec2 p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  [[nodiscard]] bool near(const Bounds& other, double reach) const {
    return low.x <= other.high.x + reach && other.low.x <= high.x + reach && low.y <= other.high.y + reach &&
           other.low.y <= high.y + reach;
  }
};

/// Where a line ends under a wider one, tracing reads the wider one's width. Its own is led on to that end.
void take_own_width(Stroke& stroke, bool last) {
  std::vector<float> sorted = stroke.widths;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const float most = kOwnWidth * *middle;
  const auto n = stroke.widths.size();
  for (std::size_t k = 0; 2 * k < n; ++k) {
    float& width = stroke.widths[last ? n - 1 - k : k];
    if (width <= most) break;
    width = most;
  }
}

}  // namespace

std::vector<Chain> chains_of(const SampleGraph& graph) {
  const std::vector<int> on = continuations(graph);
  const auto strokes = static_cast<StrokeId>(graph.first.size()) - 1;
  std::vector<char> used(strokes, 0);
  std::vector<Chain> chains;
  const auto walk = [&](int entered) {  // the end at which the first stroke is entered
    Chain chain;
    const int start = entered;
    for (;;) {
      const StrokeId stroke = entered / 2;
      used[stroke] = 1;
      const std::int32_t begin = graph.first[stroke], end = graph.first[stroke + 1];
      if (entered % 2 == 0)
        for (std::int32_t i = begin; i < end; ++i) chain.samples.push_back(i);
      else
        for (std::int32_t i = end - 1; i >= begin; --i) chain.samples.push_back(i);
      const int next = on[entered ^ 1];
      if (next == start) chain.closed = true;
      if (next < 0 || used[next / 2] != 0) break;
      entered = next;
    }
    chains.push_back(std::move(chain));
  };
  for (int end = 0; end < 2 * strokes; ++end)
    if (on[end] < 0 && used[end / 2] == 0) walk(end);
  for (StrokeId s = 0; s < strokes; ++s)
    if (used[s] == 0) walk(2 * s);
  return chains;
}

void loosen_joints(Drawing& drawing, const SampleGraph& graph) {
  const std::vector<int> on = continuations(graph);
  link_nodes(drawing);
  const auto nodes = static_cast<NodeId>(drawing.nodes.size());
  std::vector<char> through(nodes, 0);
  for (std::size_t end = 0; end < on.size(); ++end)
    if (on[end] >= 0) {
      const Stroke& stroke = drawing.strokes[end / 2];
      through[end % 2 == 1 ? stroke.end : stroke.start] = 1;
    }
  for (std::size_t end = 0; end < on.size(); ++end) {
    Stroke& stroke = drawing.strokes[end / 2];
    NodeId& node = end % 2 == 1 ? stroke.end : stroke.start;
    if (on[end] >= 0 || node >= nodes || through[node] == 0) continue;
    const Vec2 place = drawing.nodes[node].position;
    take_own_width(stroke, end % 2 == 1);
    node = static_cast<NodeId>(drawing.nodes.size());
    drawing.nodes.push_back({place, {}});
  }
  link_nodes(drawing);
}

std::vector<LaidPiece> lay_chains(const SampleGraph& from, const std::vector<Chain>& from_chains,
                                  const Moved& moved, const SampleGraph& to,
                                  const std::vector<Chain>& to_chains, double reach,
                                  const std::vector<char>& taken) {
  std::vector<char> used_a = taken, used_b(to.samples.size(), 0);
  used_a.resize(from.samples.size(), 0);
  std::vector<Bounds> around_a, around_b;
  for (const Chain& chain : from_chains) {
    around_a.emplace_back();
    for (const std::int32_t i : chain.samples) around_a.back().add(moved.position[i]);
  }
  for (const Chain& chain : to_chains) {
    around_b.emplace_back();
    for (const std::int32_t i : chain.samples) around_b.back().add(to.samples[i].position);
  }
  const std::size_t columns = to_chains.size();
  std::vector<LaidPiece> best(from_chains.size() * columns);
  const auto lay = [&](std::size_t a, std::size_t b) {
    LaidPiece& piece = best[a * columns + b];
    piece = {};
    if (from.samples[from_chains[a].samples[0]].ink != to.samples[to_chains[b].samples[0]].ink) return;
    if (!around_a[a].near(around_b[b], kFarthest * reach)) return;
    for (const bool against : {false, true}) {
      LaidPiece tried =
          Table(from, from_chains[a], moved, to, to_chains[b], against, reach, used_a, used_b).best();
      if (tried.score > piece.score) piece = std::move(tried);
    }
    piece.a = static_cast<int>(a);
    piece.b = static_cast<int>(b);
  };
  for (std::size_t a = 0; a < from_chains.size(); ++a)
    for (std::size_t b = 0; b < columns; ++b) lay(a, b);

  std::vector<LaidPiece> laid;
  for (;;) {
    const auto top = std::max_element(
        best.begin(), best.end(), [](const LaidPiece& l, const LaidPiece& r) { return l.score < r.score; });
    if (top == best.end() || top->score < kLeastScore) break;
    laid.push_back(*top);
    const auto a = static_cast<std::size_t>(top->a), b = static_cast<std::size_t>(top->b);
    const auto own_b = static_cast<int>(to_chains[b].samples.size());
    for (const auto& [i, j] : laid.back().path) {
      used_a[from_chains[a].samples[i]] = 1;
      used_b[to_chains[b].samples[j % own_b]] = taken.empty() ? 1 : 0;
    }
    for (std::size_t k = 0; k < columns; ++k)
      if (best[a * columns + k].score > 0) lay(a, k);
    for (std::size_t k = 0; k < from_chains.size(); ++k)
      if (k != a && best[k * columns + b].score > 0) lay(k, b);
  }
  return laid;
}

}  // namespace nakawari
