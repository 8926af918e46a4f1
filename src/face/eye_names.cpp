#include "face/eye_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "face/draw_over.h"
#include "face/part_chains.h"
#include "face/part_groups.h"
#include "face/part_match.h"
#include "face/part_split.h"
#include "match/match.h"

namespace nakawari {
namespace {

// Lines are compared by points about so far apart (px), with distances up to this share of the part's size.
constexpr double kStep = 3, kFar = 0.25;
// The head lies where it does on the sheet when its eyes differ by less than this share of their size.
constexpr double kAtHome = 0.04;
// A stroke lies in a window when this share of it does.
constexpr double kHeld = 0.6;
// So many drawings of the sheet, the most alike, are laid on the eye line by line.
constexpr std::size_t kTried = 3;
// An eye is found when this share of the lines is, both ways, and differs by less than this of its size.
constexpr double kFound = 0.6, kAlike = 0.12;
// A drawing that is switched and less than this share as high as the neutral eye is a closed one.
constexpr double kClosed = 0.6;
// A line of the lids lies below the iris's middle when this share of it does.
constexpr double kBelow = 0.85;
// The motion of a head is fitted to at least so many pairs, in so many rounds; px that count as near.
constexpr std::size_t kFewPairs = 30;
constexpr int kRounds = 12;
constexpr double kNearPair = 2;

/// Shift, turn and size from the sheet to a drawing.
struct Pose {
  Vec2 by{1, 0}, to;
  Vec2 operator()(Vec2 p) const { return Vec2{by.x * p.x - by.y * p.y, by.y * p.x + by.x * p.y} + to; }
};

std::vector<Vec2> points_of(const Stroke& stroke) {
  std::vector<Vec2> points{stroke.points.front()};
  for (const Vec2 p : stroke.points)
    if (distance(points.back(), p) >= kStep) points.push_back(p);
  return points;
}

std::vector<Vec2> points_of(const Drawing& drawing, Vec2 corner, const Pose& pose) {
  std::vector<Vec2> points;
  for (const Stroke& stroke : drawing.strokes)
    for (const Vec2 p : points_of(stroke)) points.push_back(pose(p + corner));
  return points;
}

double to_nearest(Vec2 p, const std::vector<Vec2>& points, double far) {
  double least = far * far;
  for (const Vec2 q : points) least = std::min(least, length_squared(p - q));
  return std::sqrt(least);
}

double mean_distance(const std::vector<Vec2>& from, const std::vector<Vec2>& to, double far) {
  double sum = 0;
  for (const Vec2 p : from) sum += to_nearest(p, to, far);
  return from.empty() ? far : sum / static_cast<double>(from.size());
}

Window moved(const Window& window, const Pose& pose) {
  Vec2 low{1e9, 1e9}, high{-1e9, -1e9};
  for (const int x : {0, 1})
    for (const int y : {0, 1}) {
      const Vec2 p = pose(window.corner() + Vec2{static_cast<double>(x * window.width),
                                                 static_cast<double>(y * window.height)});
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  const Vec2 corner{std::floor(low.x), std::floor(low.y)};
  return {static_cast<int>(corner.x), static_cast<int>(corner.y),
          static_cast<int>(std::ceil(high.x - corner.x)), static_cast<int>(std::ceil(high.y - corner.y))};
}

bool holds(const Window& w, Vec2 p) {
  return p.x >= w.left && p.x < w.left + w.width && p.y >= w.top && p.y < w.top + w.height;
}

bool holds(const Window& w, const std::vector<Vec2>& points) {
  const auto in = std::count_if(points.begin(), points.end(), [&](Vec2 p) { return holds(w, p); });
  return static_cast<double>(in) >= kHeld * static_cast<double>(points.size());
}

/// The similarity that carries most of the pairs.
std::optional<Pose> pose_of(const std::vector<SampleMatch>& matches) {
  std::vector<const SampleMatch*> pairs;
  for (const SampleMatch& m : matches)
    if (m.partner_stroke >= 0) pairs.push_back(&m);
  if (pairs.size() < kFewPairs) return std::nullopt;
  Pose pose;
  std::vector<double> trust;
  for (const SampleMatch* m : pairs) trust.push_back(m->confidence);
  for (int round = 0; round < kRounds; ++round) {
    Vec2 here, there, turn;
    double sum = 0, size = 0;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      here += pairs[k]->here * trust[k];
      there += pairs[k]->there * trust[k];
      sum += trust[k];
    }
    if (sum <= 0) return std::nullopt;
    here = here / sum;
    there = there / sum;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const Vec2 a = pairs[k]->here - here, b = pairs[k]->there - there;
      turn += Vec2{dot(a, b), cross(a, b)} * trust[k];
      size += length_squared(a) * trust[k];
    }
    if (size <= 0) return std::nullopt;
    pose.by = turn / size;
    pose.to = {};
    pose.to = there - pose(here);
    for (std::size_t k = 0; k < pairs.size(); ++k)
      trust[k] = pairs[k]->confidence / (kNearPair + distance(pose(pairs[k]->here), pairs[k]->there));
  }
  return pose;
}

/// Polygons of a sheet are rough. Where an eye has an iris, a black line of the lids below its middle is the
/// lower one; a trace line is the iris's where it lies in it, and else is drawn on the white.
void set_right(const Drawing& drawing, std::vector<std::pair<StrokeId, PartKind>>& lines) {
  Vec2 low{1e9, 1e9}, high{-1e9, -1e9};
  for (const auto& [stroke, kind] : lines)
    if (kind == PartKind::iris && drawing.strokes[stroke].ink == Ink::black)
      for (const Vec2 p : drawing.strokes[stroke].points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
      }
  if (high.x < low.x) return;
  const double middle = (low.y + high.y) / 2;
  for (auto& [id, kind] : lines) {
    if (kind != PartKind::upper_lid && kind != PartKind::lower_lid) continue;
    const Stroke& stroke = drawing.strokes[id];
    const auto share = [&](auto&& holds) {
      return static_cast<double>(std::count_if(stroke.points.begin(), stroke.points.end(), holds)) /
             static_cast<double>(stroke.points.size());
    };
    if (stroke.ink == Ink::black) {
      if (share([&](Vec2 p) { return p.y > middle; }) > kBelow) kind = PartKind::lower_lid;
      continue;
    }
    const bool within =
        share([&](Vec2 p) { return p.x > low.x && p.x < high.x && p.y > low.y && p.y < high.y; }) > 0.5;
    kind = within ? PartKind::iris : PartKind::other;
  }
}

/// A group in one drawing of the sheet, carried to where the head is.
struct Candidate {
  int sample = -1;
  double unlike = 1;  ///< mean distance both ways, as a share of the eye's size
};

/// A drawing to be named.
struct Page {
  const Drawing* drawing = nullptr;
  std::vector<std::vector<Vec2>> strokes;  ///< points of each
};

}  // namespace

struct EyeNamer::State {
  ExpressionSheet sheet;
  Drawing neutral;
  std::vector<PartGroup> groups;
  std::vector<char> is_eye;  ///< per group
  std::vector<Vec2> base;    ///< points of the neutral lines in no group

  std::vector<Candidate> candidates(std::size_t g, const Page& page, const Pose& pose) const;
  double unlike(const Page& page, const Pose& pose) const;
  Pose head(const Page& page) const;
  std::vector<int> owners(const Page& page, const Pose& pose) const;
  NamedEye name(std::size_t g, const Page& page, const Pose& pose, const std::vector<int>& owner);
  std::vector<PartKind> kinds(std::size_t g, int sample);
};

/// The drawings of the sheet that show a group, the most alike first.
std::vector<Candidate> EyeNamer::State::candidates(std::size_t g, const Page& page, const Pose& pose) const {
  const PartGroup& group = groups[g];
  const double size = group.window.size() * length(pose.by), far = kFar * size;
  std::vector<Vec2> here;
  const Window window = moved(group.window, pose);
  for (const auto& stroke : page.strokes)
    if (holds(window, stroke)) here.insert(here.end(), stroke.begin(), stroke.end());
  std::vector<Candidate> list;
  for (int k = 0; k < static_cast<int>(sheet.samples.size()) && !here.empty(); ++k) {
    const std::vector<Vec2> there = points_of(group.blender->drawing(k), group.window.corner(), pose);
    if (there.empty()) continue;
    list.push_back({k, (mean_distance(here, there, far) + mean_distance(there, here, far)) / (2 * size)});
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Candidate& l, const Candidate& r) { return l.unlike < r.unlike; });
  return list;
}

/// How unlike the eyes are to the sheet's, the worst.
double EyeNamer::State::unlike(const Page& page, const Pose& pose) const {
  double worst = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (is_eye[g] == 0) continue;
    const auto list = candidates(g, page, pose);
    worst = std::max(worst, list.empty() ? 1 : list.front().unlike);
  }
  return worst;
}

/// Where the head lies: at home, or where matching finds the neutral drawing.
Pose EyeNamer::State::head(const Page& page) const {
  const Pose home;
  const double there = unlike(page, home);
  if (there < kAtHome) return home;
  const auto matched = match(neutral, *page.drawing, {}, {.threads = {1}});
  const std::optional<Pose> found = matched ? pose_of(matched->a_to_b) : std::nullopt;
  return found && unlike(page, *found) < there ? *found : home;
}

/// Per stroke the group whose lines it lies nearest to, -1: others.
std::vector<int> EyeNamer::State::owners(const Page& page, const Pose& pose) const {
  std::vector<int> owner(page.strokes.size(), -1);
  std::vector<Vec2> others;
  for (const Vec2 p : base) others.push_back(pose(p));
  std::vector<double> least;
  for (const auto& stroke : page.strokes) {
    const bool near = std::any_of(groups.begin(), groups.end(), [&](const PartGroup& group) {
      return group.window.width > 0 && holds(moved(group.window, pose), stroke);
    });
    least.push_back(near ? mean_distance(stroke, others, std::numeric_limits<float>::max()) : 0);
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].window.width == 0) continue;
    const auto list = candidates(g, page, pose);
    if (list.empty()) continue;
    const std::vector<Vec2> own =
        points_of(groups[g].blender->drawing(list.front().sample), groups[g].window.corner(), pose);
    const Window window = moved(groups[g].window, pose);
    for (std::size_t s = 0; s < page.strokes.size(); ++s) {
      if (!holds(window, page.strokes[s])) continue;
      const double far = mean_distance(page.strokes[s], own, std::numeric_limits<float>::max());
      if (far >= least[s]) continue;
      least[s] = far;
      owner[s] = static_cast<int>(g);
    }
  }
  return owner;
}

/// What the lines of an eye are; empty when the drawing says nothing of its parts.
std::vector<PartKind> EyeNamer::State::kinds(std::size_t g, int sample) {
  PartGroup& group = groups[g];
  const auto& binary = sheet.samples[sample].binary;
  if (std::find(binary.begin(), binary.end(), group.name) == binary.end())
    return group.kinds_of(static_cast<std::size_t>(sample));
  // A drawing that is switched is a closed eye, all of it lid; or something that no rule is for.
  if (group.open[sample] > kClosed * group.open.front()) return {};
  return std::vector<PartKind>(group.blender->drawing(sample).strokes.size(), PartKind::upper_lid);
}

NamedEye EyeNamer::State::name(std::size_t g, const Page& page, const Pose& pose,
                               const std::vector<int>& owner) {
  PartGroup& group = groups[g];
  NamedEye result{group.name, "", 0, {}};
  const Window window = moved(group.window, pose);
  std::vector<char> wanted(page.strokes.size(), 0);
  std::vector<StrokeId> strokes;
  for (std::size_t s = 0; s < wanted.size(); ++s)
    if (owner[s] == static_cast<int>(g)) {
      wanted[s] = 1;
      strokes.push_back(static_cast<StrokeId>(s));
    }
  if (strokes.empty()) return result;
  Drawing own = part_of(*page.drawing, wanted, window.left, window.top, window.width, window.height);
  thin_trace_lines(own);
  loosen_joints(own, part_graph(own));
  const SampleGraph own_graph = part_graph(own);

  std::vector<Candidate> list = candidates(g, page, pose);
  if (list.size() > kTried) list.resize(kTried);
  std::vector<std::map<PartKind, int>> votes;
  double best = 0;
  for (const Candidate& candidate : list) {
    if (candidate.unlike > kAlike) continue;
    Drawing there = group.blender->drawing(candidate.sample);
    const auto carry = [&](Vec2& p) { p = pose(p + group.window.corner()) - window.corner(); };
    for (Node& node : there.nodes) carry(node.position);
    for (Stroke& stroke : there.strokes) {
      for (Vec2& p : stroke.points) carry(p);
      for (float& width : stroke.widths) width *= static_cast<float>(length(pose.by));
    }
    there.width = own.width;
    there.height = own.height;
    const SampleGraph graph = part_graph(there);
    const Correspondence matched = match_parts(graph, own_graph);
    const double found = std::min(matched.coverage_a, matched.coverage_b);
    if (found < kFound || found - candidate.unlike <= best) continue;
    const std::vector<PartKind> kind = kinds(g, candidate.sample);
    if (kind.empty()) continue;
    best = found - candidate.unlike;
    result.like = sheet.samples[candidate.sample].name;
    result.found = found;
    votes.assign(strokes.size(), {});
    for (std::int32_t i = 0; i < own_graph.size(); ++i) {
      const SampleMatch& m = matched.b_to_a[i];
      if (m.partner_stroke >= 0) {
        ++votes[m.stroke][kind[m.partner_stroke]];
        continue;
      }
      // What lies within a solid shape is of it, however it was traced.
      for (const Sample& sample : graph.samples)
        if (distance(sample.position, m.there) < sample.width / 2) {
          ++votes[m.stroke][kind[sample.stroke]];
          break;
        }
    }
  }
  for (std::size_t k = 0; k < votes.size(); ++k) {
    const auto top = std::max_element(votes[k].begin(), votes[k].end(),
                                      [](const auto& l, const auto& r) { return l.second < r.second; });
    if (top == votes[k].end()) continue;
    if (top->first == PartKind::upper_lid || top->first == PartKind::lower_lid ||
        top->first == PartKind::iris || top->first == PartKind::highlight)
      result.lines.emplace_back(strokes[k], top->first);
  }
  set_right(*page.drawing, result.lines);
  return result;
}

EyeNamer::EyeNamer(std::unique_ptr<State> state) : state_(std::move(state)) {}
EyeNamer::~EyeNamer() = default;
EyeNamer::EyeNamer(EyeNamer&&) noexcept = default;
EyeNamer& EyeNamer::operator=(EyeNamer&&) noexcept = default;

Result<EyeNamer> EyeNamer::make(const ExpressionSheet& sheet, Threads threads) {
  auto splits = split_drawings(sheet, threads);
  if (!splits) return Failure(std::move(splits.error()));
  auto state = std::make_unique<State>();
  state->sheet = sheet;
  for (FaceSample& sample : state->sheet.samples) sample.pictures.clear();
  const FaceGroups names = face_groups(sheet);
  state->groups = part_groups(sheet, names, *splits, FacePaths::turning);
  state->is_eye.assign(state->groups.size(), 0);
  for (std::size_t p = 0; p < sheet.parts.size(); ++p)
    if (sheet.parts[p].kind == PartKind::upper_lid && state->groups[names.of_part[p]].window.width > 0)
      state->is_eye[names.of_part[p]] = 1;
  state->neutral = std::move(splits->front().drawing);
  const std::vector<int>& part_of = splits->front().part_of;
  for (std::size_t s = 0; s < part_of.size(); ++s)
    if (part_of[s] < 0) {
      const std::vector<Vec2> points = points_of(state->neutral.strokes[s]);
      state->base.insert(state->base.end(), points.begin(), points.end());
    }
  return EyeNamer(std::move(state));
}

std::vector<NamedEye> EyeNamer::name(const Drawing& drawing) {
  State& s = *state_;
  const Drawing& neutral = s.neutral;
  std::vector<NamedEye> eyes;
  const bool one_page = drawing.width == neutral.width && drawing.height == neutral.height;
  Page page{&drawing, {}};
  Pose pose;
  std::vector<int> owner;
  if (one_page && std::find(s.is_eye.begin(), s.is_eye.end(), 1) != s.is_eye.end()) {
    for (const Stroke& stroke : drawing.strokes) page.strokes.push_back(points_of(stroke));
    pose = s.head(page);
    owner = s.owners(page, pose);
  }
  for (std::size_t g = 0; g < s.groups.size(); ++g) {
    if (s.is_eye[g] == 0) continue;
    eyes.push_back(one_page ? s.name(g, page, pose, owner) : NamedEye{s.groups[g].name, "", 0, {}});
  }
  return eyes;
}

}  // namespace nakawari
