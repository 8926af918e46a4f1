#include "inbetween/eyes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "drawing/eye.h"
#include "geometry/polygon.h"
#include "inbetween/eye_division.h"

namespace nakawari {
namespace {

constexpr std::array<std::pair<std::string_view, EyePart>, 4> kWords = {{{"upper-lid", EyePart::upper_lid},
                                                                         {"lower-lid", EyePart::lower_lid},
                                                                         {"iris", EyePart::iris},
                                                                         {"highlight", EyePart::highlight}}};
// An eye whose opening changes by less than this share does not blink.
constexpr double kBlinks = 0.25;
// A lid keeps to its partners when at least this share of it has some.
constexpr double kWhole = 0.9;
// Frames of one eye differ by less than this (log of their widths; cosine): else it was found wrongly.
constexpr double kWider = 0.6, kLevel = 0.7;
// What lies within so many widths of the eye carries it.
constexpr double kAround = 1.5;
// A group of this name, or of one that begins with it, circles a whole eye.
constexpr std::string_view kWholeEye = "eye";

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
    // A lid is smoother than its bins.
    const auto rough = low_;
    for (std::size_t k = 1; k + 1 < kBins; ++k) low_[k] = (rough[k - 1] + rough[k] + rough[k + 1]) / 3;
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

EyeNames eye_lines(const std::vector<GroupFix>& groups, const Drawing& a, const Drawing& b) {
  EyeNames names;
  const auto add = [&](const std::string& eye, bool in_first, EyeDivision division) {
    for (std::size_t k = 0; k < kEyeParts; ++k)
      if (!division.parts[k].empty())
        names.lines.push_back(
            {eye, static_cast<EyePart>(k), in_first, {}, std::move(division.parts[k]), true});
  };
  for (const GroupFix& group : groups) {
    if (group.lasso.size() < 3) continue;
    const std::string& name = group.name;
    const auto* const part = std::find_if(kWords.begin(), kWords.end(), [&](const auto& each) {
      return name.ends_with(each.first) && name.size() > each.first.size() &&
             name[name.size() - each.first.size() - 1] == ' ';
    });
    if (part != kWords.end()) {
      names.lines.push_back({name.substr(0, name.size() - part->first.size() - 1),
                             part->second,
                             group.in_first,
                             group.lasso,
                             {},
                             true});
      continue;
    }
    if (name != kWholeEye && !name.starts_with(std::string(kWholeEye) + " ")) continue;
    EyeDivision division = divide_eye(group.in_first ? a : b, group.lasso);
    if (!division.unclear.empty()) {
      names.unclear.push_back({group.id, std::move(division.unclear)});
      continue;
    }
    add(name, group.in_first, std::move(division));
    // The same place of the other key shows the same eye where the head holds still, if nobody says
    // otherwise.
    const bool both = std::any_of(groups.begin(), groups.end(), [&](const GroupFix& other) {
      return other.in_first != group.in_first && other.name.starts_with(name);
    });
    if (!both) add(name, !group.in_first, divide_eye(group.in_first ? b : a, group.lasso));
  }
  return names;
}

Vec2 Eyes::Frame::to_local(Vec2 p) const {
  const double square = length_squared(along);
  return {dot(p - middle, along) / square, cross(along, p - middle) / square};
}

Vec2 Eyes::Frame::to_page(Vec2 local) const {
  return middle + along * local.x + perpendicular(along) * local.y;
}

/// The samples of a key that are meant.
std::vector<std::int32_t> Eyes::meant(const EyeLines& lines, const KeyAt& key) {
  std::vector<std::int32_t> samples;
  const std::vector<std::int32_t>& first = key.graph->first;
  for (const StrokeRun& run : lines.runs) {
    if (run.stroke < 0 || run.stroke + 1 >= static_cast<StrokeId>(first.size())) continue;
    for (std::int32_t i = first[run.stroke]; i < first[run.stroke + 1]; ++i)
      if (key.graph->samples[i].along >= run.from && key.graph->samples[i].along <= run.to)
        samples.push_back(i);
  }
  for (std::size_t stroke = 0; stroke + 1 < first.size() && !lines.lasso.empty(); ++stroke) {
    const std::int32_t begin = first[stroke], end = first[stroke + 1];
    int within = 0;
    for (std::int32_t i = begin; i < end; ++i) within += inside(lines.lasso, key.position[i]);
    for (std::int32_t i = begin; i < end && 2 * within > end - begin; ++i) samples.push_back(i);
  }
  return samples;
}

Eyes::Eyes(const std::vector<EyeLines>& lines, const KeyAt& a, const KeyAt& b) {
  std::map<std::string, Eye> found;
  // Per key and sample the eye that it is of.
  std::array<std::vector<const Eye*>, 2> taken{std::vector<const Eye*>(a.position.size()),
                                               std::vector<const Eye*>(b.position.size())};
  const auto take = [&](Eye& eye, bool in_first, EyePart part, std::int32_t sample) {
    const Eye*& of = taken[in_first ? 0 : 1][sample];
    if (of != nullptr) return;
    of = &eye;
    (in_first ? eye.a : eye.b).lines[at(part)].push_back(sample);
  };
  for (const bool said : {true, false}) {
    std::map<std::string, Eye*> called;
    std::vector<std::vector<std::int32_t>> samples;
    for (const EyeLines& each : lines) {
      const KeyAt& key = each.in_first ? a : b;
      samples.push_back(each.said == said ? meant(each, key) : std::vector<std::int32_t>());
      for (const std::int32_t i : samples.back())
        if (const Eye* of = taken[each.in_first ? 0 : 1][i]; of != nullptr && !said)
          for (auto& [name, eye] : found)
            if (&eye == of) called.emplace(each.eye, &eye);
    }
    const auto eye_of = [&](const EyeLines& each) -> Eye& {
      const auto known = called.find(each.eye);
      return known != called.end() ? *known->second : found[each.eye];
    };
    for (std::size_t k = 0; k < lines.size(); ++k)
      for (const std::int32_t i : samples[k]) take(eye_of(lines[k]), lines[k].in_first, lines[k].part, i);
    // Then their partners.
    for (std::size_t k = 0; k < lines.size(); ++k) {
      if (samples[k].empty()) continue;
      const KeyAt &here = lines[k].in_first ? a : b, &there = lines[k].in_first ? b : a;
      std::vector<char> named(here.position.size(), 0);
      for (const std::int32_t i : samples[k]) named[i] = 1;
      for (std::int32_t j = 0; j < there.graph->size(); ++j) {
        const SampleMatch& m = (*there.matches)[j];
        if (m.partner_stroke >= 0 && named[here.graph->at(m.partner_stroke, m.partner_along)] != 0)
          take(eye_of(lines[k]), !lines[k].in_first, lines[k].part, j);
      }
    }
  }

  for (auto& [name, eye] : found) {
    whole_strokes(eye.a, a, taken[0]);
    whole_strokes(eye.b, b, taken[1]);
    // The line of a closed eye is its upper lid, though it lies where the lower one was.
    for (const auto& [side, other] : {std::pair{&eye.a, &eye.b}, std::pair{&eye.b, &eye.a}})
      if (!side->has(EyePart::upper_lid) && other->has(EyePart::upper_lid) && other->has(EyePart::lower_lid))
        std::swap(side->lines[at(EyePart::upper_lid)], side->lines[at(EyePart::lower_lid)]);
    if (!measure(eye.a, a) || !measure(eye.b, b) || !alike(eye.a.frame, eye.b.frame)) continue;
    pair(eye.a, a, eye.b, b);
    pair(eye.b, b, eye.a, a);
    for (std::int32_t i = 0; i < a.graph->size(); ++i)
      if (a.shared(i) && taken[0][i] == nullptr &&
          distance(a.position[i], eye.a.frame.middle) < kAround * length(eye.a.frame.along))
        eye.around.push_back(i);
    eyes_.push_back(eye);
  }
}

/// Partners leave gaps: a stroke of which most is a part is that part as a whole.
void Eyes::whole_strokes(Side& side, const KeyAt& key, std::vector<const Eye*>& taken) {
  const std::vector<std::int32_t>& first = key.graph->first;
  for (auto& lines : side.lines) {
    std::vector<int> count(first.size(), 0);
    for (const std::int32_t i : lines) ++count[key.graph->samples[i].stroke];
    const Eye* own = lines.empty() ? nullptr : taken[lines.front()];
    for (std::size_t s = 0; s + 1 < first.size(); ++s) {
      if (2 * count[s] <= first[s + 1] - first[s]) continue;
      for (std::int32_t i = first[s]; i < first[s + 1]; ++i)
        if (taken[i] == nullptr) {
          taken[i] = own;
          lines.push_back(i);
        }
    }
  }
}

/// Two drawings of one eye: as wide, and as level, as far as a head turns between two keys.
bool Eyes::alike(const Frame& a, const Frame& b) {
  const double wider = std::abs(std::log(length(a.along) / length(b.along)));
  return wider < kWider && dot(normalized(a.along), normalized(b.along)) > kLevel;
}

bool Eyes::blinks(const Side& a, const Side& b) {
  return std::abs(a.opening - b.opening) > kBlinks * std::max(a.opening, b.opening);
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
/// where it is. In a blink, or where only pieces of a lid have partners, partners would tear the lid: all of
/// it follows the other lid.
void Eyes::pair(Side& side, const KeyAt& key, const Side& other, const KeyAt& there) {
  const std::size_t upper = at(EyePart::upper_lid);
  const LidEdge own_edge(side.own[upper]), other_edge(other.own[upper]);
  for (std::size_t part = 0; part < kEyeParts; ++part) {
    std::vector<char>& paired = side.paired[part];
    for (const std::int32_t i : side.lines[part]) {
      const SampleMatch& m = (*key.matches)[i];
      paired.push_back(m.partner_stroke >= 0 &&
                       std::binary_search(other.lines[part].begin(), other.lines[part].end(),
                                          there.graph->at(m.partner_stroke, m.partner_along)));
    }
    const auto count = static_cast<double>(std::count(paired.begin(), paired.end(), 1));
    const bool torn =
        part == upper && (blinks(side, other) || count < kWhole * static_cast<double>(paired.size()));
    for (std::size_t k = 0; k < paired.size(); ++k) {
      const Vec2 own = side.own[part][k];
      side.other[part].push_back(
          paired[k] != 0 && !torn ? other.frame.to_local((*key.matches)[side.lines[part][k]].there)
          : part == upper         ? Vec2{own.x, own.y - own_edge.at(own.x) + other_edge.at(own.x)}
                                  : own);
    }
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
    const bool opens = eye.b.opening > eye.a.opening;
    const double u = !blinks(eye.a, eye.b) ? t : opens ? 1 - closed_at(1 - t) : closed_at(t);
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
