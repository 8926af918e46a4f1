#include "inbetween/eyes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "drawing/eye.h"
#include "geometry/polygon.h"

namespace nakawari {
namespace {

constexpr std::array<std::pair<std::string_view, EyePart>, kEyeParts> kWords = {
    {{"upper-lid", EyePart::upper_lid},
     {"lower-lid", EyePart::lower_lid},
     {"iris", EyePart::iris},
     {"highlight", EyePart::highlight}}};
// An eye whose opening changes by less than this share does not blink.
constexpr double kBlinks = 0.25;
// What lies within so many widths of the eye carries it.
constexpr double kAround = 1.5;

std::size_t at(EyePart part) {
  return static_cast<std::size_t>(part);
}

double mean_y(const std::vector<Vec2>& points) {
  double sum = 0;
  for (const Vec2 p : points) sum += p.y;
  return points.empty() ? 0 : sum / static_cast<double>(points.size());
}

/// How low a lid reaches, by place along the eye: where it has several lines, the lowest.
class LidEdge {
 public:
  explicit LidEdge(const std::vector<Vec2>& lid) {
    constexpr double kNone = std::numeric_limits<double>::lowest();
    low_.fill(kNone);
    for (const Vec2 p : lid) {
      double& low = low_[bin(p.x)];
      low = std::max(low, p.y);
    }
    // Bins without a point take their neighbours'.
    for (std::size_t k = 1; k < kBins; ++k)
      if (low_[k] == kNone) low_[k] = low_[k - 1];
    for (std::size_t k = kBins - 1; k-- > 0;)
      if (low_[k] == kNone) low_[k] = low_[k + 1];
  }
  [[nodiscard]] double at(double x) const {
    const double place = std::clamp((x + 0.5) * kBins - 0.5, 0.0, kBins - 1.0);
    const auto k = std::min(static_cast<std::size_t>(place), kBins - 2);
    return low_[k] + (low_[k + 1] - low_[k]) * (place - static_cast<double>(k));
  }

 private:
  static constexpr std::size_t kBins = 24;
  static std::size_t bin(double x) {
    return static_cast<std::size_t>(std::clamp((x + 0.5) * kBins, 0.0, kBins - 1.0));
  }
  std::array<double, kBins> low_;
};

}  // namespace

std::vector<EyeLines> eye_lines(const std::vector<GroupFix>& groups) {
  std::vector<EyeLines> lines;
  for (const GroupFix& group : groups)
    for (const auto& [word, part] : kWords)
      if (group.name.size() > word.size() && group.name.ends_with(word) && group.lasso.size() >= 3 &&
          group.name[group.name.size() - word.size() - 1] == ' ')
        lines.push_back(
            {group.name.substr(0, group.name.size() - word.size() - 1), part, group.in_first, group.lasso});
  return lines;
}

Vec2 Eyes::Frame::to_local(Vec2 p) const {
  const double square = length_squared(along);
  return {dot(p - middle, along) / square, cross(along, p - middle) / square};
}

Vec2 Eyes::Frame::to_page(Vec2 local) const {
  return middle + along * local.x + perpendicular(along) * local.y;
}

Eyes::Eyes(const std::vector<EyeLines>& lines, const KeyAt& a, const KeyAt& b) {
  // Which samples are which part: those of lines that lie mostly in a lasso first, then their partners.
  std::map<std::string, Eye> found;
  std::array<std::vector<char>, 2> taken{std::vector<char>(a.position.size()),
                                         std::vector<char>(b.position.size())};
  std::vector<std::vector<char>> named;
  for (const EyeLines& each : lines) {
    const KeyAt& key = each.in_first ? a : b;
    auto& own = (each.in_first ? found[each.eye].a : found[each.eye].b).lines[at(each.part)];
    std::vector<char>& mine = named.emplace_back(key.position.size(), 0);
    for (std::size_t stroke = 0; stroke + 1 < key.graph->first.size(); ++stroke) {
      const std::int32_t begin = key.graph->first[stroke], end = key.graph->first[stroke + 1];
      int within = 0;
      for (std::int32_t i = begin; i < end; ++i) within += inside(each.lasso, key.position[i]);
      if (2 * within <= end - begin || taken[each.in_first ? 0 : 1][begin] != 0) continue;
      for (std::int32_t i = begin; i < end; ++i) {
        mine[i] = taken[each.in_first ? 0 : 1][i] = 1;
        own.push_back(i);
      }
    }
  }
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const KeyAt &here = lines[k].in_first ? a : b, &there = lines[k].in_first ? b : a;
    Eye& eye = found[lines[k].eye];
    auto& other = (lines[k].in_first ? eye.b : eye.a).lines[at(lines[k].part)];
    for (std::int32_t j = 0; j < there.graph->size(); ++j) {
      const SampleMatch& m = (*there.matches)[j];
      if (m.partner_stroke >= 0 && named[k][here.graph->at(m.partner_stroke, m.partner_along)] != 0 &&
          !std::exchange(taken[lines[k].in_first ? 1 : 0][j], 1))
        other.push_back(j);
    }
  }

  for (auto& [name, eye] : found) {
    // The line of a closed eye is its upper lid, though it lies where the lower one was.
    for (const auto& [side, other] : {std::pair{&eye.a, &eye.b}, std::pair{&eye.b, &eye.a}})
      if (!side->has(EyePart::upper_lid) && other->has(EyePart::upper_lid) && other->has(EyePart::lower_lid))
        std::swap(side->lines[at(EyePart::upper_lid)], side->lines[at(EyePart::lower_lid)]);
    if (!measure(eye.a, a) || !measure(eye.b, b)) continue;
    pair(eye.a, a, eye.b, b);
    pair(eye.b, b, eye.a, a);
    for (std::int32_t i = 0; i < a.graph->size(); ++i)
      if (a.shared(i) && taken[0][i] == 0 &&
          distance(a.position[i], eye.a.frame.middle) < kAround * length(eye.a.frame.along))
        eye.around.push_back(i);
    eyes_.push_back(eye);
  }
}

/// Finds a key's frame and the measures of its eye; false without an upper lid.
bool Eyes::measure(Side& side, const KeyAt& key) {
  for (auto& lines : side.lines) std::sort(lines.begin(), lines.end());
  const auto& lid = side.lines[at(EyePart::upper_lid)];
  if (lid.empty()) return false;
  const auto [left, right] = std::minmax_element(
      lid.begin(), lid.end(), [&](auto l, auto r) { return key.position[l].x < key.position[r].x; });
  const Vec2 from = key.position[*left], to = key.position[*right];
  if (from == to) return false;
  side.frame = {lerp(from, to, 0.5), to - from};
  for (std::size_t part = 0; part < kEyeParts; ++part)
    for (const std::int32_t i : side.lines[part])
      side.own[part].push_back(side.frame.to_local(key.position[i]));
  const auto& lower = side.own[at(EyePart::lower_lid)];
  if (!lower.empty()) side.opening = std::max(0.0, mean_y(lower) - mean_y(side.own[at(EyePart::upper_lid)]));
  side.white = white_below(side.own[at(EyePart::iris)], lower);
  return true;
}

/// Where a key's lines lie in the other key's eye: at their partners; else a lid on the other lid, the rest
/// where it is.
void Eyes::pair(Side& side, const KeyAt& key, const Side& other, const KeyAt& there) {
  const std::size_t upper = at(EyePart::upper_lid);
  const LidEdge own_edge(side.own[upper]), other_edge(other.own[upper]);
  for (std::size_t part = 0; part < kEyeParts; ++part)
    for (std::size_t k = 0; k < side.lines[part].size(); ++k) {
      const SampleMatch& m = (*key.matches)[side.lines[part][k]];
      const Vec2 own = side.own[part][k];
      const bool same =
          m.partner_stroke >= 0 && std::binary_search(other.lines[part].begin(), other.lines[part].end(),
                                                      there.graph->at(m.partner_stroke, m.partner_along));
      side.paired[part].push_back(same);
      side.other[part].push_back(same ? other.frame.to_local(m.there)
                                 : part == upper
                                     ? Vec2{own.x, own.y - own_edge.at(own.x) + other_edge.at(own.x)}
                                     : own);
    }
}

/// The eye's frame between the keys, carried like what lies around it.
Eyes::Frame Eyes::frame_at(const Eye& eye, const KeyAt& a, double t) {
  Frame now{lerp(eye.a.frame.middle, eye.b.frame.middle, t), lerp(eye.a.frame.along, eye.b.frame.along, t)};
  Vec2 shift;
  for (const std::int32_t i : eye.around) {
    const SampleMatch& m = (*a.matches)[i];
    shift += (a.position[i] - lerp(m.here, m.there, t)) / static_cast<double>(eye.around.size());
  }
  now.middle += shift;
  return now;
}

/// Puts one key's lines to their places and says which are seen.
void Eyes::show(const Side& side, const Side& other, const Frame& now, const Places& own, bool nearer,
                KeyAt& key, std::vector<Sight>& sight) {
  const LidEdge edge(own[at(EyePart::upper_lid)]);
  for (std::size_t part = 0; part < kEyeParts; ++part)
    for (std::size_t k = 0; k < own[part].size(); ++k) {
      const std::int32_t i = side.lines[part][k];
      key.position[i] = now.to_page(own[part][k]);
      if (side.paired[part][k] == 0) key.width[i] = key.graph->samples[i].width;
      const double line = key.width[i] / std::max(1.0, length(now.along));
      const bool under =
          part != at(EyePart::upper_lid) && own[part][k].y < edge.at(own[part][k].x) + line / 2;
      const bool drawn = nearer || other.lines[part].empty();
      sight[i] = under || !drawn ? Sight::hidden : Sight::shown;
    }
}

void Eyes::draw(double t, KeyAt& a, KeyAt& b, std::vector<Sight>& sight_a,
                std::vector<Sight>& sight_b) const {
  for (const Eye& eye : eyes_) {
    const double most = std::max(eye.a.opening, eye.b.opening);
    const bool blinks = std::abs(eye.a.opening - eye.b.opening) > kBlinks * most;
    const bool opens = eye.b.opening > eye.a.opening;
    const double u = !blinks ? t : opens ? 1 - closed_at(1 - t) : closed_at(t);
    // A closed eye shows no white.
    double white = 0, known = 0;
    for (const auto& [side, weight] : {std::pair{&eye.a, 1 - u}, std::pair{&eye.b, u}}) {
      if (side->white < 0 && side->opening > (1 - kBlinks) * most) continue;
      white += weight * std::max(0.0, side->white);
      known += weight;
    }
    Places of_a, of_b;
    for (std::size_t part = 0; part < kEyeParts; ++part) {
      for (std::size_t k = 0; k < eye.a.own[part].size(); ++k)
        of_a[part].push_back(lerp(eye.a.own[part][k], eye.a.other[part][k], u));
      for (std::size_t k = 0; k < eye.b.own[part].size(); ++k)
        of_b[part].push_back(lerp(eye.b.other[part][k], eye.b.own[part][k], u));
    }
    const std::size_t lower = at(EyePart::lower_lid);
    for (Places* own : {&of_a, &of_b}) {
      auto &iris = (*own)[at(EyePart::iris)], &glint = (*own)[at(EyePart::highlight)];
      const double below = white_below(iris, of_a[lower].empty() ? of_b[lower] : of_a[lower]);
      if (known <= 0 || below <= white / known) continue;
      const double down = below - white / known;
      const std::vector<double> move = lowered(iris, down);
      for (std::size_t k = 0; k < iris.size(); ++k) iris[k].y += move[k];
      for (Vec2& p : glint) p.y += down;
    }
    const Frame now = frame_at(eye, a, t);
    show(eye.a, eye.b, now, of_a, t <= 0.5, a, sight_a);
    show(eye.b, eye.a, now, of_b, t > 0.5, b, sight_b);
  }
}

}  // namespace nakawari
