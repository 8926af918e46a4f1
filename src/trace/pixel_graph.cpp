#include "trace/pixel_graph.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>
#include <tuple>
#include <unordered_map>

#include "base/check.h"

namespace nakawari::tracing {
namespace {

/// A spur stays when it reaches this far beyond its junction's disc, in pixels and in junction radii.
/// The square end of a line 2r wide has corners 0.42 r beyond its disc, and pixels add up to one more.
constexpr double kSpurPixels = 0.75;
/// In a black area that share would swallow spikes an animator drew, hence the limit.
constexpr double kSpurRadii = 0.45, kSpurMost = 1.75;
/// Junctions closer than this many times the smaller one's radius are one; the bound keeps those of a
/// black area apart, whose discs are as large as the area itself.
constexpr double kMergeRadii = 1.5, kMergeLeast = 1.5, kMergeMost = 3;

/// Neighbours of a skeleton pixel, without the diagonals that two edge steps already make.
int links(const Skeleton& s, std::int32_t pixel, std::array<std::int32_t, 8>& out) {
  const int w = s.on.width, x = pixel % w, y = pixel / w;
  const auto on = [&](int dx, int dy) { return s.on.contains(x + dx, y + dy) && s.on(x + dx, y + dy); };
  int count = 0;
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx) {
      if ((dx == 0 && dy == 0) || !on(dx, dy)) continue;
      if (dx != 0 && dy != 0 && (on(dx, 0) || on(0, dy))) continue;
      out[static_cast<std::size_t>(count++)] = pixel + dy * w + dx;
    }
  return count;
}

class Builder {
 public:
  explicit Builder(const Skeleton& skeleton)
      : skeleton_(skeleton), used_(skeleton.on.width, skeleton.on.height, 0) {
    graph_.width = skeleton.on.width;
  }

  PixelGraph build() {
    std::array<std::int32_t, 8> near{};
    for (const std::int32_t p : skeleton_.pixels)
      if (links(skeleton_, p, near) != 2) add_joint(p);
    for (const std::int32_t p : skeleton_.pixels)
      if (at(used_, p) == kJoint) follow_all(p);
    for (const std::int32_t p : skeleton_.pixels) {
      if (at(used_, p)) continue;
      add_joint(p);
      follow_all(p);
    }
    return std::move(graph_);
  }

 private:
  static std::uint8_t& at(Mask& mask, std::int32_t p) { return mask.data[static_cast<std::size_t>(p)]; }

  void add_joint(std::int32_t p) {
    at(used_, p) = kJoint;
    joint_at_.emplace(p, static_cast<int>(graph_.joints.size()));
    Joint joint;
    joint.centre = graph_.centre_of(p);
    joint.radius = disc_radius(skeleton_, p);
    graph_.joints.push_back(joint);
  }

  void follow_all(std::int32_t from) {
    std::array<std::int32_t, 8> near{};
    const int count = links(skeleton_, from, near);
    if (count == 0) {  // a dot
      add_chain({from, from});
      return;
    }
    for (int i = 0; i < count; ++i) follow(from, near[static_cast<std::size_t>(i)]);
  }

  void follow(std::int32_t from, std::int32_t to) {
    std::vector<std::int32_t> pixels{from, to};
    while (at(used_, to) != kJoint) {
      if (at(used_, to)) return;  // walked from the other end already
      at(used_, to) = kWalked;
      std::array<std::int32_t, 8> near{};
      const int count = links(skeleton_, to, near);
      NAKAWARI_CHECK(count == 2);
      const std::int32_t next = near[0] == pixels[pixels.size() - 2] ? near[1] : near[0];
      pixels.push_back(next);
      to = next;
    }
    // Two joints side by side are seen from both; keep one.
    if (pixels.size() == 2 && from > to) return;
    add_chain(std::move(pixels));
  }

  void add_chain(std::vector<std::int32_t> pixels) {
    Chain chain;
    chain.joint = {joint_at_.at(pixels.front()), joint_at_.at(pixels.back())};
    const int id = static_cast<int>(graph_.chains.size());
    for (const int j : chain.joint) graph_.joints[static_cast<std::size_t>(j)].chains.push_back(id);
    chain.pixels = std::move(pixels);
    graph_.chains.push_back(std::move(chain));
  }

  const Skeleton& skeleton_;
  PixelGraph graph_;
  static constexpr std::uint8_t kWalked = 1, kJoint = 2;
  std::unordered_map<std::int32_t, int> joint_at_;
  Mask used_;
};

Joint& joint(PixelGraph& g, int i) {
  return g.joints[static_cast<std::size_t>(i)];
}
Chain& chain(PixelGraph& g, int i) {
  return g.chains[static_cast<std::size_t>(i)];
}

void detach(PixelGraph& g, int id) {
  Chain& c = chain(g, id);
  for (const int j : c.joint) std::erase(joint(g, j).chains, id);
  c.alive = false;
}

/// Joins the two chains that meet at joint j into the first of them. A loop stays as it is.
void join_through(PixelGraph& g, int j) {
  Joint& middle = joint(g, j);
  if (middle.chains.size() != 2 || middle.chains[0] == middle.chains[1]) return;
  const int keep = middle.chains[0], drop = middle.chains[1];
  Chain &a = chain(g, keep), &b = chain(g, drop);
  if (a.joint[1] != j) {
    std::reverse(a.pixels.begin(), a.pixels.end());
    std::swap(a.joint[0], a.joint[1]);
  }
  if (b.joint[0] != j) {
    std::reverse(b.pixels.begin(), b.pixels.end());
    std::swap(b.joint[0], b.joint[1]);
  }
  a.pixels.insert(a.pixels.end(), b.pixels.begin() + (a.pixels.back() == b.pixels.front() ? 1 : 0),
                  b.pixels.end());
  const int end = b.joint[1];
  a.joint[1] = end;
  b.alive = false;
  middle.alive = false;
  middle.chains.clear();
  std::vector<int>& at_end = joint(g, end).chains;
  std::replace(at_end.begin(), at_end.end(), drop, keep);
  std::sort(at_end.begin(), at_end.end());
}

/// How far the discs of a branch reach beyond the disc of the junction it hangs on.
double reach_beyond(const PixelGraph& g, const Skeleton& s, const Chain& c, const Joint& hub) {
  double reach = 0;
  for (const std::int32_t p : c.pixels)
    reach = std::max(reach, distance(g.centre_of(p), hub.centre) + disc_radius(s, p));
  return reach - hub.radius;
}

}  // namespace

double disc_radius(const Skeleton& skeleton, std::int32_t pixel) {
  return std::sqrt(static_cast<double>(skeleton.depth.data[static_cast<std::size_t>(pixel)])) - 0.5;
}

PixelGraph build_graph(const Skeleton& skeleton) {
  return Builder(skeleton).build();
}

void prune_spurs(PixelGraph& graph, const Skeleton& skeleton) {
  // Shortest reach first, so that of two corner spurs at a line's end the smaller goes and the line stays.
  using Candidate = std::tuple<double, int>;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
  const auto consider = [&](int id) {
    const Chain& c = chain(graph, id);
    if (!c.alive || c.joint[0] == c.joint[1]) return;
    for (const int side : {0, 1}) {
      const Joint& tip = joint(graph, c.joint[static_cast<std::size_t>(side)]);
      const Joint& hub = joint(graph, c.joint[static_cast<std::size_t>(1 - side)]);
      if (tip.chains.size() != 1 || hub.chains.size() < 3) continue;
      const double reach = reach_beyond(graph, skeleton, c, hub);
      if (reach < std::min(kSpurMost, kSpurPixels + kSpurRadii * hub.radius)) queue.emplace(reach, id);
    }
  };
  for (std::size_t i = 0; i < graph.chains.size(); ++i) consider(static_cast<int>(i));
  while (!queue.empty()) {
    const auto [reach, id] = queue.top();
    queue.pop();
    Chain& c = chain(graph, id);
    if (!c.alive || c.joint[0] == c.joint[1]) continue;
    const std::size_t tip_side = joint(graph, c.joint[0]).chains.size() == 1 ? 0 : 1;
    const int tip = c.joint[tip_side], hub = c.joint[1 - tip_side];
    if (joint(graph, tip).chains.size() != 1 || joint(graph, hub).chains.size() < 3) continue;
    if (reach_beyond(graph, skeleton, c, joint(graph, hub)) != reach) {  // it has grown since
      consider(id);
      continue;
    }
    detach(graph, id);
    joint(graph, tip).alive = false;
    const std::vector<int> left = joint(graph, hub).chains;
    join_through(graph, hub);
    for (const int other : left) consider(other);
  }
}

void merge_junctions(PixelGraph& graph) {
  std::vector<int> parent(graph.joints.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int i) {
    while (parent[static_cast<std::size_t>(i)] != i) i = parent[static_cast<std::size_t>(i)];
    return i;
  };
  using Candidate = std::tuple<double, int>;
  std::vector<Candidate> order;
  for (std::size_t i = 0; i < graph.chains.size(); ++i) {
    const Chain& c = graph.chains[i];
    if (!c.alive || c.joint[0] == c.joint[1]) continue;
    const Joint &a = joint(graph, c.joint[0]), &b = joint(graph, c.joint[1]);
    if (a.chains.size() < 3 || b.chains.size() < 3) continue;
    const double gap = static_cast<double>(c.pixels.size()) - 1;
    if (gap <= std::clamp(kMergeRadii * std::min(a.radius, b.radius), kMergeLeast, kMergeMost))
      order.emplace_back(gap, static_cast<int>(i));
  }
  std::sort(order.begin(), order.end());
  for (const auto& [gap, id] : order) {
    const int a = root(chain(graph, id).joint[0]), b = root(chain(graph, id).joint[1]);
    if (a == b) {  // a second way between the two: keep it unless it is a mere corner of pixels
      if (chain(graph, id).pixels.size() <= 3) chain(graph, id).alive = false;
      continue;
    }
    chain(graph, id).alive = false;
    const int keep = std::min(a, b), drop = std::max(a, b);
    parent[static_cast<std::size_t>(drop)] = keep;
    Joint &to = joint(graph, keep), &from = joint(graph, drop);
    if (from.radius > to.radius) std::swap(to.centre, from.centre);  // a middle could lie on paper
    to.radius = std::max(to.radius, from.radius) + gap / 4;
    from.alive = false;
  }
  for (Joint& j : graph.joints) j.chains.clear();
  for (std::size_t i = 0; i < graph.chains.size(); ++i) {
    Chain& c = graph.chains[i];
    if (!c.alive) continue;
    for (int& j : c.joint) {
      j = root(j);
      joint(graph, j).chains.push_back(static_cast<int>(i));
    }
  }
}

}  // namespace nakawari::tracing
