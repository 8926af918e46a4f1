#include "trace/centre_lines.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nakawari::tracing {
namespace {

/// Gaussian along the line that turns pixel steps into a curve, in pixels.
constexpr double kSmooth = 1.6;
/// Distance between the points of a stroke.
constexpr double kStep = 1.75;
/// Branches are measured this many pixels and widths outside a blob to tell where they point.
constexpr double kReachPixels = 4, kReachWidths = 1.5;
/// Owned ink that differs from the greatest disc by more than this is not the cross-section of one line.
constexpr double kSharedPixels = 0.75, kSharedWidths = 0.15;
/// A blob ends this far outside the disc of its junction. A disc larger than the limit is a black area,
/// where the skeleton and its discs are all there is to go by.
constexpr double kBlobRim = 0.6, kBlobMost = 3.0;
/// No line is thinner than this: a 2-value pixel cannot say more.
constexpr double kThinnest = 0.4;

struct Sample {
  Vec2 at, normal;
  double step = 1;    ///< length of line it stands for
  double area = 0;    ///< ink it owns, in pixels
  double moment = 0;  ///< sum of ink times its offset along the normal
  double width = 1;
  double disc = 1;      ///< diameter of the greatest disc of ink around it
  bool valid = true;    ///< outside all blobs
  bool shared = false;  ///< its ink is no clean cross-section of one line; the disc is its width
};

struct Line {
  std::vector<Sample> samples;
  bool loop = false;
};

/// Pixels of a dot with their share of ink.
using Speck = std::vector<std::pair<Vec2, double>>;

std::vector<double> kernel(double sigma) {
  const int radius = static_cast<int>(std::ceil(3 * sigma));
  std::vector<double> weights;
  for (int i = 0; i <= radius; ++i) weights.push_back(std::exp(-0.5 * i * i / (sigma * sigma)));
  return weights;
}

/// Place of a neighbour that may lie beyond the ends: wraps on a loop, -1 outside otherwise.
int neighbour(int i, int n, bool loop) {
  if (i >= 0 && i < n) return i;
  if (!loop) return -1;
  return ((i % n) + n) % n;
}

/// Smooths points along the line; open ends stay where they are (mirrored through themselves).
std::vector<Vec2> smoothed(const std::vector<Vec2>& p, bool loop, const std::vector<double>& weights) {
  const int n = static_cast<int>(p.size());
  std::vector<Vec2> out(p.size());
  const auto get = [&](int i) {
    if (loop) return p[static_cast<std::size_t>(neighbour(i, n, true))];
    if (i < 0) return p.front() * 2.0 - p[static_cast<std::size_t>(std::min(-i, n - 1))];
    if (i >= n) return p.back() * 2.0 - p[static_cast<std::size_t>(std::max(2 * (n - 1) - i, 0))];
    return p[static_cast<std::size_t>(i)];
  };
  for (int i = 0; i < n; ++i) {
    Vec2 sum = p[static_cast<std::size_t>(i)] * weights[0];
    double total = weights[0];
    for (int k = 1; k < static_cast<int>(weights.size()); ++k) {
      const double w = weights[static_cast<std::size_t>(k)];
      sum += (get(i - k) + get(i + k)) * w;
      total += 2 * w;
    }
    out[static_cast<std::size_t>(i)] = sum / total;
  }
  return out;
}

Line base_line(const PixelGraph& graph, const Skeleton& skeleton, const Chain& chain,
               const std::vector<double>& weights) {
  Line line;
  std::vector<Vec2> points;
  for (const std::int32_t p : chain.pixels) points.push_back(graph.centre_of(p));
  // A closed chain repeats its first pixel; the line itself does not.
  const bool own_node = chain.joint[0] == chain.joint[1] &&
                        graph.joints[static_cast<std::size_t>(chain.joint[0])].chains.size() == 2;
  line.loop = own_node && points.size() > 3;
  if (line.loop) points.pop_back();
  const std::vector<Vec2> at = smoothed(points, line.loop, weights);
  const int n = static_cast<int>(at.size());
  for (int i = 0; i < n; ++i) {
    const int before = neighbour(i - 1, n, line.loop), after = neighbour(i + 1, n, line.loop);
    const Vec2 here = at[static_cast<std::size_t>(i)];
    const Vec2 a = before >= 0 ? at[static_cast<std::size_t>(before)] : here;
    const Vec2 b = after >= 0 ? at[static_cast<std::size_t>(after)] : here;
    Sample s;
    s.at = here;
    s.normal = perpendicular(normalized(b - a));
    s.step = (distance(a, here) + distance(here, b)) / 2;
    // A line of even width has its middle between two pixels: the disc is right to a quarter pixel.
    s.disc = 2 * disc_radius(skeleton, chain.pixels[static_cast<std::size_t>(i)]) + 0.5;
    line.samples.push_back(s);
  }
  return line;
}

/// Which sample owns each inked pixel: grown from the skeleton through the ink, never across paper.
class Ownership {
 public:
  Ownership(const PixelGraph& graph, const LineImage& lines, std::vector<Line>& all)
      : lines_(lines), owner_(lines.width(), lines.height(), -1) {
    for (std::size_t c = 0; c < graph.chains.size(); ++c) {
      if (!graph.chains[c].alive) continue;
      for (std::size_t i = 0; i < all[c].samples.size(); ++i) {
        flat_.push_back(&all[c].samples[i]);
        chain_.push_back(static_cast<int>(c));
        const std::int32_t p = graph.chains[c].pixels[i];
        std::int32_t& owner = owner_.data[static_cast<std::size_t>(p)];
        if (owner >= 0) continue;
        owner = static_cast<std::int32_t>(flat_.size()) - 1;
        front_.push_back(p);
      }
    }
    grow();
  }

  /// Sums up what each sample owns; the pixels of chains that are dots are listed as well.
  void measure(const std::vector<bool>& is_dot, std::vector<Speck>& dots) {
    for (const std::int32_t p : front_) {
      const auto owner = static_cast<std::size_t>(owner_.data[static_cast<std::size_t>(p)]);
      const auto chain = static_cast<std::size_t>(chain_[owner]);
      Sample& s = *flat_[owner];
      if (is_dot[chain])
        dots[chain].emplace_back(centre(p), lines_.coverage.data[static_cast<std::size_t>(p)] / 255.0);
      const double ink = lines_.coverage.data[static_cast<std::size_t>(p)] / 255.0;
      s.area += ink;
      s.moment += ink * dot(centre(p) - s.at, s.normal);
    }
  }

 private:
  [[nodiscard]] Vec2 centre(std::int32_t p) const {
    const int x = p % lines_.width(), y = p / lines_.width();
    return {x + 0.5, y + 0.5};
  }

  void grow() {
    const int w = lines_.width();
    for (std::size_t i = 0; i < front_.size(); ++i) {
      const std::int32_t p = front_[i];
      const int x = p % w, y = p / w;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          if (!owner_.contains(x + dx, y + dy) || lines_.coverage(x + dx, y + dy) == 0) continue;
          const std::int32_t q = p + dy * w + dx;
          std::int32_t& owner = owner_.data[static_cast<std::size_t>(q)];
          const std::int32_t mine = owner_.data[static_cast<std::size_t>(p)];
          if (owner == mine) continue;
          if (owner < 0) {
            owner = mine;
            front_.push_back(q);
          } else if (squared(q, mine) < squared(q, owner)) {
            owner = mine;  // seen before from farther off; what it led on is corrected by its neighbours
          }
        }
    }
  }

  [[nodiscard]] double squared(std::int32_t p, std::int32_t sample) const {
    return length_squared(centre(p) - flat_[static_cast<std::size_t>(sample)]->at);
  }

  const LineImage& lines_;
  Grid<std::int32_t> owner_;
  std::vector<Sample*> flat_;
  std::vector<int> chain_;  // of each of flat_
  std::vector<std::int32_t> front_;
};

/// Moves samples to the middle of their ink and gives them its width, both averaged along the line over
/// samples outside the blobs.
void settle(Line& line, const std::vector<double>& weights) {
  const int n = static_cast<int>(line.samples.size());
  std::vector<double> offset(line.samples.size()), width(line.samples.size());
  for (int i = 0; i < n; ++i) {
    double area = 0, moment = 0, span = 0, disc = 0, total = 0;
    for (int k = 1 - static_cast<int>(weights.size()); k < static_cast<int>(weights.size()); ++k) {
      const int j = neighbour(i + k, n, line.loop);
      if (j < 0) continue;
      const Sample& s = line.samples[static_cast<std::size_t>(j)];
      if (!s.valid) continue;
      const double w = weights[static_cast<std::size_t>(std::abs(k))];
      area += w * s.area;
      moment += w * s.moment;
      span += w * s.step;
      disc += w * s.disc;
      total += w;
    }
    const auto at = static_cast<std::size_t>(i);
    offset[at] = area > 0 ? moment / area : 0;
    width[at] = span > 0 ? std::max(kThinnest, area / span) : 0;
    if (total <= 0 || std::abs(width[at] - disc / total) <= kSharedPixels + kSharedWidths * disc / total)
      continue;
    line.samples[at].shared = true;
    width[at] = disc / total;
    offset[at] = 0;
  }
  for (std::size_t i = 0; i < line.samples.size(); ++i) {
    line.samples[i].at += line.samples[i].normal * offset[i];
    line.samples[i].width = width[i];
  }
}

/// A ray from a blob's rim along a branch: where it starts and where it points (away from the node).
struct Ray {
  Vec2 at, direction;
  bool known = false;
};

Ray ray_of(const Line& line, bool from_end) {
  const int n = static_cast<int>(line.samples.size());
  const auto get = [&](int i) -> const Sample& {
    return line.samples[static_cast<std::size_t>(from_end ? n - 1 - i : i)];
  };
  int first = 0;
  while (first < n && !get(first).valid) ++first;
  if (first >= n - 1) return {};
  const double reach = std::max(kReachPixels, kReachWidths * get(first).width);
  Vec2 mean = get(first).at;
  int count = 1, last = first;
  double along = 0;
  while (last + 1 < n && get(last + 1).valid && along < reach) {
    along += distance(get(last).at, get(last + 1).at);
    ++last;
    mean += get(last).at;
    ++count;
  }
  if (last == first) return {};
  mean = mean / count;
  // Principal direction of those samples.
  double xx = 0, xy = 0, yy = 0;
  for (int i = first; i <= last; ++i) {
    const Vec2 d = get(i).at - mean;
    xx += d.x * d.x;
    xy += d.x * d.y;
    yy += d.y * d.y;
  }
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
  Vec2 direction{std::cos(angle), std::sin(angle)};
  if (dot(direction, get(last).at - get(first).at) < 0) direction = -direction;
  return {mean, direction, true};
}

/// In a black area the rays of its branches say little: the node stays near the skeleton's.
constexpr double kMostNodeShift = 1.75;

/// The point nearest to all rays' lines, held gently at the blob's middle and kept inside it.
Vec2 meeting_point(const Joint& joint, const std::vector<Ray>& rays) {
  constexpr double kHold = 0.05;
  double xx = kHold, xy = 0, yy = kHold, bx = kHold * joint.centre.x, by = kHold * joint.centre.y;
  for (const Ray& ray : rays) {
    if (!ray.known) continue;
    const Vec2 n = perpendicular(ray.direction);
    const double d = dot(n, ray.at);
    xx += n.x * n.x;
    xy += n.x * n.y;
    yy += n.y * n.y;
    bx += n.x * d;
    by += n.y * d;
  }
  const double det = xx * yy - xy * xy;
  const Vec2 p{(bx * yy - by * xy) / det, (by * xx - bx * xy) / det};
  const Vec2 off = p - joint.centre;
  const double most = std::clamp(joint.radius, 1.0, kMostNodeShift);
  return length(off) > most ? joint.centre + normalized(off) * most : p;
}

/// Where a line that leaves the page crosses its edge, if the end at `tip` is so near the edge that only
/// thinning can have taken the last pixels, and there is ink on the edge beside it; else `tip`.
Vec2 cut_by_page(Vec2 tip, double width, const LineImage& lines) {
  const double reach = width / 2 + 2;
  Vec2 cut = tip;
  double least = reach;
  const auto look = [&](double far, Vec2 foot, Vec2 along) {
    if (far >= least) return;
    Vec2 sum;
    int count = 0;
    for (double k = -std::ceil(reach); k <= reach; ++k) {
      const Vec2 q = foot + along * k;
      const int x = std::clamp(static_cast<int>(q.x), 0, lines.width() - 1);
      const int y = std::clamp(static_cast<int>(q.y), 0, lines.height() - 1);
      if (lines.coverage(x, y) < 128) continue;
      sum += q;
      ++count;
    }
    if (count == 0) return;
    cut = sum / count;
    least = far;
  };
  const double across = lines.width(), down = lines.height();
  look(tip.x, {0, tip.y}, {0, 1});
  look(across - tip.x, {across, tip.y}, {0, 1});
  look(tip.y, {tip.x, 0}, {1, 0});
  look(down - tip.y, {tip.x, down}, {1, 0});
  return cut;
}

/// Where a free end lies so that the ink beyond the last sample is that of a round-capped line.
Vec2 free_end(const Line& line, bool from_end, const LineImage& lines) {
  const std::size_t n = line.samples.size();
  const Sample& tip = line.samples[from_end ? n - 1 : 0];
  const Sample& before = line.samples[from_end ? (n > 1 ? n - 2 : 0) : (n > 1 ? 1 : 0)];
  const Vec2 outward = normalized(tip.at - before.at);
  const Vec2 cut = cut_by_page(tip.at, tip.width, lines);
  if (cut != tip.at) return cut;
  if (tip.shared) return tip.at;  // a spike: its skeleton runs out to the tip
  const double beyond = tip.area / tip.width - tip.step - std::numbers::pi / 8 * tip.width;
  return tip.at + outward * std::clamp(beyond, -tip.width / 2, 2 * tip.width);
}

Ink majority_ink(const Chain& chain, const LineImage& lines) {
  std::array<int, 6> votes{};
  for (const std::int32_t p : chain.pixels)
    ++votes[static_cast<std::size_t>(lines.ink.data[static_cast<std::size_t>(p)])];
  votes[0] = 0;
  const auto best = static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
  return best == 0 ? Ink::black : static_cast<Ink>(best);
}

/// Points every kStep along the polyline, ends kept.
void resample(Stroke& stroke) {
  const double total = arc_length(stroke);
  const int pieces = std::max(1, static_cast<int>(std::lround(total / kStep)));
  std::vector<Vec2> points{stroke.points.front()};
  std::vector<float> widths{stroke.widths.front()};
  double walked = 0;
  std::size_t i = 1;
  for (int k = 1; k < pieces; ++k) {
    const double want = total * k / pieces;
    while (i + 1 < stroke.points.size() && walked + distance(stroke.points[i - 1], stroke.points[i]) < want) {
      walked += distance(stroke.points[i - 1], stroke.points[i]);
      ++i;
    }
    const double piece = distance(stroke.points[i - 1], stroke.points[i]);
    const double t = piece > 0 ? std::clamp((want - walked) / piece, 0.0, 1.0) : 0;
    points.push_back(lerp(stroke.points[i - 1], stroke.points[i], t));
    widths.push_back(
        static_cast<float>(stroke.widths[i - 1] + (stroke.widths[i] - stroke.widths[i - 1]) * t));
  }
  points.push_back(stroke.points.back());
  widths.push_back(stroke.widths.back());
  stroke.points = std::move(points);
  stroke.widths = std::move(widths);
}

Stroke make_stroke(const Line& line, Vec2 start, Vec2 end) {
  Stroke stroke;
  double fallback = 1;
  std::size_t known = 0;
  for (const Sample& s : line.samples)
    if (s.valid && s.width > 0) {
      if (known++ == 0) fallback = 0;
      fallback += s.width;
    }
  if (known) {
    fallback /= static_cast<double>(known);
  } else {  // all of it lies in blobs: as wide as its narrowest disc
    fallback = line.samples.front().disc;
    for (const Sample& s : line.samples) fallback = std::min(fallback, s.disc);
  }
  stroke.points.push_back(start);
  stroke.widths.push_back(0);
  for (const Sample& s : line.samples) {
    if (!s.valid) continue;
    if (distance(s.at, stroke.points.back()) < 0.3) continue;
    stroke.points.push_back(s.at);
    stroke.widths.push_back(static_cast<float>(s.width));
  }
  if (line.loop || distance(end, stroke.points.back()) > 0.3 || stroke.points.size() < 2) {
    stroke.points.push_back(end);
    stroke.widths.push_back(0);
  } else {
    stroke.points.back() = end;
  }
  const std::size_t n = stroke.points.size();
  if (stroke.widths[0] <= 0) stroke.widths[0] = n > 2 ? stroke.widths[1] : static_cast<float>(fallback);
  if (stroke.widths[n - 1] <= 0) stroke.widths[n - 1] = stroke.widths[n - 2];
  if (line.loop) stroke.widths[0] = stroke.widths[n - 1];
  return stroke;
}

/// A speck without a direction of its own: the capsule of its second moments.
Stroke make_dot(const Speck& ink) {
  double mass = 0, xx = 0, xy = 0, yy = 0;
  Vec2 mean;
  for (const auto& [p, m] : ink) {
    mean += p * m;
    mass += m;
  }
  mean = mean / mass;
  for (const auto& [p, m] : ink) {
    const Vec2 d = p - mean;
    xx += m * (d.x * d.x + 1.0 / 12);
    xy += m * d.x * d.y;
    yy += m * (d.y * d.y + 1.0 / 12);
  }
  const double mid = (xx + yy) / 2 / mass, part = std::hypot((xx - yy) / 2, xy) / mass;
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
  const double full = std::sqrt(12 * (mid + part)), width = std::sqrt(12 * std::max(mid - part, 0.02));
  // Round ends explain less than square ones of the same variance.
  const Vec2 half = Vec2{std::cos(angle), std::sin(angle)} * std::max(0.1, (full - 0.8 * width) / 2);
  Stroke stroke;
  stroke.points = {mean - half, mean + half};
  stroke.widths = {static_cast<float>(width), static_cast<float>(width)};
  return stroke;
}

/// A chain of its own and hardly longer than it is wide.
bool is_dot(const PixelGraph& graph, const Chain& chain, const Line& line) {
  if (!chain.alive || line.loop) return false;
  const Joint& first = graph.joints[static_cast<std::size_t>(chain.joint[0])];
  const Joint& second = graph.joints[static_cast<std::size_t>(chain.joint[1])];
  const bool closed = chain.joint[0] == chain.joint[1];
  const bool alone = first.chains.size() == (closed ? 2 : 1) && second.chains.size() == (closed ? 2 : 1);
  return alone && static_cast<double>(chain.pixels.size()) <= 3 + first.radius;
}

/// What lies in the blob of a junction tells nothing of the line itself.
void leave_blobs(const PixelGraph& graph, const Chain& chain, Line& line) {
  if (line.loop) return;
  for (const int j : chain.joint) {
    const Joint& joint = graph.joints[static_cast<std::size_t>(j)];
    if (joint.chains.size() < 3) continue;
    const double rim = std::min(joint.radius + kBlobRim, kBlobMost);
    for (Sample& s : line.samples)
      if (distance(s.at, joint.centre) < rim) s.valid = false;
  }
}

/// Where the branches of a junction meet.
Vec2 junction(const PixelGraph& graph, int j, const std::vector<Line>& all, const Skeleton& skeleton) {
  const Joint& here = graph.joints[static_cast<std::size_t>(j)];
  std::vector<Ray> rays;
  for (std::size_t k = 0; k < here.chains.size(); ++k) {
    const int id = here.chains[k];
    const Chain& chain = graph.chains[static_cast<std::size_t>(id)];
    // A loop stands twice: once for its start, once for its end.
    const bool second = k > 0 && here.chains[k - 1] == id;
    const bool at_end = chain.joint[0] == chain.joint[1] ? second : chain.joint[1] == j;
    rays.push_back(ray_of(all[static_cast<std::size_t>(id)], at_end));
  }
  const Vec2 met = meeting_point(here, rays);
  const auto x = static_cast<int>(met.x), y = static_cast<int>(met.y);
  const bool on_ink = skeleton.depth.contains(x, y) && skeleton.depth(x, y) != 0;
  return on_ink ? met : here.centre;
}

/// Where the node of a joint lies: a free end, the start of a loop, between two lines, or a junction.
Vec2 node_position(const PixelGraph& graph, int j, const std::vector<Line>& all, const LineImage& lines,
                   const Skeleton& skeleton) {
  const Joint& here = graph.joints[static_cast<std::size_t>(j)];
  const auto chain = [&](std::size_t k) -> const Chain& {
    return graph.chains[static_cast<std::size_t>(here.chains[k])];
  };
  const auto line = [&](std::size_t k) -> const Line& {
    return all[static_cast<std::size_t>(here.chains[k])];
  };
  if (here.chains.size() == 1) return free_end(line(0), chain(0).joint[1] == j, lines);
  if (line(0).loop) return line(0).samples.front().at;
  if (here.chains.size() > 2) return junction(graph, j, all, skeleton);
  const Vec2 a = chain(0).joint[0] == j ? line(0).samples.front().at : line(0).samples.back().at;
  const Vec2 b = chain(1).joint[1] == j ? line(1).samples.back().at : line(1).samples.front().at;
  return lerp(a, b, 0.5);
}

/// A dot moves its nodes to its own ends; one that was closed gets a second node.
Stroke placed_dot(const Speck& ink, NodeId start, NodeId end, Drawing& drawing) {
  Stroke stroke = make_dot(ink);
  stroke.start = start;
  stroke.end = end;
  if (start == end) {
    stroke.end = static_cast<NodeId>(drawing.nodes.size());
    drawing.nodes.emplace_back();
  }
  drawing.nodes[static_cast<std::size_t>(stroke.start)].position = stroke.points.front();
  drawing.nodes[static_cast<std::size_t>(stroke.end)].position = stroke.points.back();
  return stroke;
}

}  // namespace

Drawing centre_lines(const PixelGraph& graph, const LineImage& lines, const Skeleton& skeleton) {
  const std::vector<double> weights = kernel(kSmooth);
  const std::size_t count = graph.chains.size();
  std::vector<Line> all(count);
  std::vector<bool> dots(count, false);
  std::vector<Speck> specks(count);
  for (std::size_t c = 0; c < count; ++c)
    if (graph.chains[c].alive) {
      all[c] = base_line(graph, skeleton, graph.chains[c], weights);
      dots[c] = is_dot(graph, graph.chains[c], all[c]);
    }
  Ownership(graph, lines, all).measure(dots, specks);
  for (std::size_t c = 0; c < count; ++c)
    if (graph.chains[c].alive) {
      leave_blobs(graph, graph.chains[c], all[c]);
      // The cap of a free end is not part of the line's width.
      settle(all[c], weights);
    }

  Drawing drawing;
  drawing.width = lines.width();
  drawing.height = lines.height();
  drawing.kind = lines.kind;
  drawing.transparent_paper = lines.transparent_paper;
  std::vector<NodeId> node_of(graph.joints.size(), -1);
  for (std::size_t j = 0; j < graph.joints.size(); ++j) {
    if (!graph.joints[j].alive || graph.joints[j].chains.empty()) continue;
    node_of[j] = static_cast<NodeId>(drawing.nodes.size());
    drawing.nodes.push_back({node_position(graph, static_cast<int>(j), all, lines, skeleton), {}});
  }
  for (std::size_t c = 0; c < count; ++c) {
    const Chain& chain = graph.chains[c];
    if (!chain.alive) continue;
    const NodeId a = node_of[static_cast<std::size_t>(chain.joint[0])];
    const NodeId b = node_of[static_cast<std::size_t>(chain.joint[1])];
    Stroke stroke;
    if (dots[c]) {
      stroke = placed_dot(specks[c], a, b, drawing);
    } else {
      stroke = make_stroke(all[c], drawing.nodes[static_cast<std::size_t>(a)].position,
                           drawing.nodes[static_cast<std::size_t>(b)].position);
      resample(stroke);
      stroke.start = a;
      stroke.end = b;
    }
    stroke.ink = majority_ink(chain, lines);
    drawing.strokes.push_back(std::move(stroke));
  }
  link_nodes(drawing);
  return drawing;
}

}  // namespace nakawari::tracing
