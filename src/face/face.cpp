#include "face/face.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "base/check.h"
#include "face/draw_over.h"
#include "face/expression_space.h"
#include "face/part_groups.h"
#include "face/part_split.h"
#include "face/rules.h"
#include "geometry/polygon.h"

namespace nakawari {
namespace {

// Below this share of lines with a partner a blend is refused; below the other it wants an eye.
constexpr double kRefused = 0.65, kGoodCover = 0.9;
// A blend of drawings that lack lines of each other and that strays farther than this from them
// (PartBlender::astray) is worse than the nearest: an iris that is no more. Lines that move far past each
// other stray up to 1.5 and blend well.
constexpr double kAstray = 1.4;
// Between a drawn binary part and another drawing the nearer is shown; nearer than this to either passes.
constexpr double kNearSwitch = 0.25;
// How sure a glance is that nobody drew.
constexpr double kGlanceConfidence = 0.5;
// Left and right may differ by this share of the face height more than the drawings do.
constexpr double kLopsided = 0.03;

/// The sample that is nearest.
int heaviest(const std::vector<double>& weights) {
  return static_cast<int>(std::max_element(weights.begin(), weights.end()) - weights.begin());
}

bool drawn(const ExpressionSheet& sheet, const std::string& parameter) {
  return std::any_of(sheet.samples.begin(), sheet.samples.end(),
                     [&](const FaceSample& sample) { return sample.at.contains(parameter); });
}

/// Where the eyes look by parameters of gaze that no drawing shows: those that end in "up" or "down" upright.
Vec2 undrawn_glance(const ExpressionSheet& sheet, const Mixture& mixture) {
  Vec2 way;
  for (const auto& [name, value] : mixture) {
    const int p = find_parameter(sheet, name);
    if (p < 0 || sheet.parameters[p].kind != ParameterKind::gaze || drawn(sheet, name)) continue;
    if (name.ends_with("up"))
      way.y -= value;
    else if (name.ends_with("down"))
      way.y += value;
    else
      way.x += value;
  }
  return way;
}

/// Other parameters that no drawing shows cannot be shown.
void tell_undrawn(const ExpressionSheet& sheet, const FaceMoment& moment, std::vector<Reason>& reasons) {
  for (const auto& [name, value] : moment.mixture) {
    const int p = find_parameter(sheet, name);
    if (value == 0 || p < 0 || sheet.parameters[p].elsewhere) continue;
    if (sheet.parameters[p].kind != ParameterKind::gaze && !drawn(sheet, name))
      reasons.push_back(
          {"needs-drawing", 0, 0, 0, fmt::format("no drawing shows \"{}\": a drawing is needed", name)});
  }
}

}  // namespace

struct Face::State {
  ExpressionSheet sheet;
  FaceOptions options;
  FaceGroups names;
  std::vector<SplitDrawing> splits;
  std::vector<PartGroup> groups;
  std::vector<char> has_base;  ///< per sample: it has lines outside the parts
  std::map<int, Raster> bares;

  GroupUse settle(std::size_t g, std::vector<double> weights, std::vector<Reason>& reasons) const;
  const std::vector<PartKind>& kinds_of(std::size_t g, std::size_t sample) {
    return groups[g].kinds_of(sample);
  }
  BlendedPart blend_group(std::size_t g, const std::vector<double>& weights);
  FaceDrawing compose(std::vector<GroupUse> uses, std::vector<Reason> reasons, bool lines = true);
  bool has_iris(std::size_t g, const GroupUse& use);
  void paste_pixels(const GroupUse& use, std::size_t g, FaceDrawing& drawing) const;
  const Raster& bare(int sample);
  void add_own_anchors(const GroupUse& use, std::size_t g, Registration& anchors);
  void judge(FaceDrawing& drawing) const;
};

Face::Face(std::unique_ptr<State> state) : state_(std::move(state)) {}
Face::~Face() = default;
Face::Face(Face&&) noexcept = default;
Face& Face::operator=(Face&&) noexcept = default;

const ExpressionSheet& Face::sheet() const {
  return state_->sheet;
}
const Raster& Face::picture(int sample) const {
  return state_->splits[sample].picture;
}

Result<Face> Face::make(ExpressionSheet sheet, FaceOptions options) {
  auto state = std::make_unique<State>();
  auto splits = split_drawings(sheet, options.threads);
  if (!splits) return Failure(std::move(splits.error()));
  state->splits = std::move(*splits);
  state->sheet = std::move(sheet);
  state->options = options;
  state->names = face_groups(state->sheet);
  state->groups = part_groups(state->sheet, state->names, state->splits, options.paths);
  for (const SplitDrawing& split : state->splits)
    state->has_base.push_back(std::find(split.part_of.begin(), split.part_of.end(), -1) !=
                              split.part_of.end());
  return Face(std::move(state));
}

/// Decides whether a group is one drawing's own or blended, and from what.
GroupUse Face::State::settle(std::size_t g, std::vector<double> weights, std::vector<Reason>& reasons) const {
  const PartGroup& group = groups[g];
  GroupUse use{group.name, std::move(weights), -1, -1, 1, {}};
  const auto largest = [&] { return heaviest(use.weights); };
  const auto tell = [&](const char* what, std::string text) {
    reasons.push_back(
        {what, group.window.left + 0.5 * group.window.width, group.window.top + 0.5 * group.window.height,
         static_cast<double>(std::max(group.window.width, group.window.height)), std::move(text)});
  };
  if (use.weights[largest()] == 1) {
    use.shown = largest();
    return use;
  }
  // A drawing that is switched, or that lacks the part, is shown alone or not at all.
  bool switched = group.mark;
  for (std::size_t k = 0; k < use.weights.size(); ++k) {
    const auto& binary = sheet.samples[k].binary;
    if (use.weights[k] > 0 && (group.blender->drawing(static_cast<int>(k)).strokes.empty() ||
                               std::find(binary.begin(), binary.end(), group.name) != binary.end()))
      switched = true;
  }
  if (!switched) return use;
  const int top = largest();
  const double weight = use.weights[top];
  if (!group.mark && weight < 1 - kNearSwitch)
    tell("switched", fmt::format("lies {:.0f} % between \"{}\" and a drawing that is switched, not blended",
                                 100 * (1 - weight), sheet.samples[top].name));
  const auto& binary = sheet.samples[top].binary;
  const bool alone = group.mark || group.blender->drawing(top).strokes.empty() ||
                     std::find(binary.begin(), binary.end(), group.name) != binary.end();
  double rest = 0;
  for (std::size_t k = 0; k < use.weights.size(); ++k) {
    const auto& own = sheet.samples[k].binary;
    const bool out = group.blender->drawing(static_cast<int>(k)).strokes.empty() ||
                     std::find(own.begin(), own.end(), group.name) != own.end();
    if (out && !alone) use.weights[k] = 0;
    rest += use.weights[k];
  }
  if (alone) {
    use.shown = top;
    return use;
  }
  for (double& w : use.weights) w /= rest;
  if (use.weights[largest()] >= 1 - 1e-9) use.shown = largest();
  return use;
}

BlendedPart Face::State::blend_group(std::size_t g, const std::vector<double>& weights) {
  PartGroup& group = groups[g];
  BlendedPart part = group.blender->at(weights);
  if (!options.rules) return part;
  std::vector<RuleSample> samples;
  for (std::size_t k = 0; k < weights.size(); ++k)
    if (weights[k] > 0)
      samples.push_back({weights[k], &group.blender->drawing(static_cast<int>(k)), &kinds_of(g, k)});
  apply_rules(part, kinds_of(g, static_cast<std::size_t>(part.reference)), samples);
  return part;
}

bool Face::State::has_iris(std::size_t g, const GroupUse& use) {
  const int sample = use.shown >= 0 ? use.shown : heaviest(use.weights);
  if (groups[g].blender->drawing(sample).strokes.empty()) return false;
  const auto& binary = sheet.samples[sample].binary;
  if (std::find(binary.begin(), binary.end(), groups[g].name) != binary.end()) return false;  // drawn closed
  const auto& kinds = kinds_of(g, static_cast<std::size_t>(sample));
  return std::find(kinds.begin(), kinds.end(), PartKind::iris) != kinds.end();
}

/// A group that is a sample's own lies where the sample has it.
void Face::State::add_own_anchors(const GroupUse& use, std::size_t g, Registration& anchors) {
  const Window& w = groups[g].window;
  const Vec2 shift{static_cast<double>(w.left), static_cast<double>(w.top)};
  for (const Sample& sample : groups[g].blender->graph(use.shown).samples)
    anchors.push_back({sample.position + shift, sample.position + shift, sample.tangent, sample.tangent, 1});
}

/// A sample's picture without its groups. Made on first use.
const Raster& Face::State::bare(int sample) {
  const auto [it, fresh] = bares.try_emplace(sample);
  if (!fresh) return it->second;
  const SplitDrawing& split = splits[sample];
  it->second = split.picture;
  for (std::size_t i = 0; i < split.owner.data.size(); ++i)
    if (split.owner.data[i] != 0) it->second.data[i] = split.drawing.transparent_paper ? kClear : kPaper;
  return it->second;
}

void Face::State::paste_pixels(const GroupUse& use, std::size_t g, FaceDrawing& drawing) const {
  const SplitDrawing& split = splits[use.shown];
  const Window& w = groups[g].pixels[use.shown];
  for (int y = w.top; y < w.top + w.height; ++y)
    for (int x = w.left; x < w.left + w.width; ++x) {
      const int part = split.owner(x, y) - 1;
      if (part < 0 || names.of_part[part] != static_cast<int>(g)) continue;
      drawing.lines(x, y) = over(drawing.lines(x, y), split.picture(x, y));
    }
}

FaceDrawing Face::State::compose(std::vector<GroupUse> uses, std::vector<Reason> reasons, bool lines) {
  FaceDrawing result;
  result.uses = std::move(uses);
  const SplitDrawing& neutral = splits.front();
  Drawing& all = result.blended;
  all.width = neutral.drawing.width;
  all.height = neutral.drawing.height;
  all.kind = neutral.drawing.kind;
  all.transparent_paper = neutral.drawing.transparent_paper;
  std::vector<Registration> anchors(sheet.samples.size());

  for (std::size_t g = 0; g < result.uses.size(); ++g) {
    GroupUse& use = result.uses[g];
    if (use.shown >= 0) {
      add_own_anchors(use, g, anchors[use.shown]);
      continue;
    }
    BlendedPart part = blend_group(g, use.weights);
    use.reference = part.reference;
    use.covered = part.covered;
    const Window& w = groups[g].window;
    const Vec2 shift{static_cast<double>(w.left), static_cast<double>(w.top)};
    const std::string refused =
        part.covered < kRefused
            ? fmt::format("the drawings of \"{}\" do not have the same lines here ({:.0f} % found again)",
                          use.group, 100 * part.covered)
        : options.rules && part.covered < kGoodCover && groups[g].blender->astray(part, use.weights) > kAstray
            ? fmt::format("the shapes of \"{}\" are too unlike to be blended", use.group)
            : "";
    if (!refused.empty()) {
      use.shown = heaviest(use.weights);
      add_own_anchors(use, g, anchors[use.shown]);
      reasons.push_back(
          {"needs-drawing", shift.x + 0.5 * w.width, shift.y + 0.5 * w.height,
           static_cast<double>(std::max(w.width, w.height)),
           fmt::format("{}; \"{}\" is shown: a drawing is needed", refused, sheet.samples[use.shown].name)});
      continue;
    }
    if (use.glance != Vec2{}) {
      const Vec2 moved = glance(part, kinds_of(g, static_cast<std::size_t>(part.reference)), use.glance);
      use.covered = std::min(use.covered, kGlanceConfidence);
      reasons.push_back(
          {moved == Vec2{} ? "needs-drawing" : "glance", shift.x + 0.5 * w.width, shift.y + 0.5 * w.height,
           static_cast<double>(std::max(w.width, w.height)),
           moved == Vec2{}
               ? fmt::format("\"{}\" has no iris between closed lids that could glance: a drawing is "
                             "needed",
                             use.group)
               : fmt::format("nobody drew this glance: the iris of \"{}\" is moved by {:.0f} px", use.group,
                             length(moved))});
    }
    if (part.covered < kGoodCover)
      for (Reason reason : part.reasons) {
        reason.x += shift.x;
        reason.y += shift.y;
        reasons.push_back(std::move(reason));
      }
    const double most = use.weights[heaviest(use.weights)];
    for (const auto& [sample, places] : part.places) {
      // What has the smaller share of the face says less about it.
      const auto trust = static_cast<float>(part.covered * use.weights[sample] / most);
      for (std::size_t i = 0; i < places->size(); ++i)
        if (const SampleMatch& m = (*places)[i]; m.partner_stroke >= 0)
          anchors[sample].push_back({part.positions[i] + shift, m.there + shift,
                                     part.graph->samples[i].tangent, m.there_tangent, trust});
    }
    const auto nodes = static_cast<NodeId>(all.nodes.size());
    for (const Node& node : part.drawing.nodes) all.nodes.push_back({node.position + shift, {}});
    for (Stroke& stroke : part.drawing.strokes) {
      stroke.start += nodes;
      stroke.end += nodes;
      for (Vec2& point : stroke.points) point += shift;
      all.strokes.push_back(std::move(stroke));
      result.group_of.push_back(static_cast<int>(g));
    }
  }
  link_nodes(all);

  // One drawing's own picture, when every group that it has is its own.
  const int first = result.uses.empty() ? 0 : result.uses.front().shown;
  result.exact = first >= 0 && (has_base[first] || !has_base.front());
  for (const GroupUse& use : result.uses)
    if (use.shown != first) result.exact = false;
  if (result.exact) result.base = first;
  if (lines && result.exact) {
    result.lines = splits[first].picture;
  } else if (lines) {
    result.lines = bare(result.base);
    for (std::size_t g = 0; g < result.uses.size(); ++g)
      if (result.uses[g].shown >= 0) paste_pixels(result.uses[g], g, result);
    draw_over(result.lines, result.blended);
  }
  for (std::size_t k = 0; k < anchors.size(); ++k)
    if (!anchors[k].empty()) result.anchors.emplace_back(static_cast<int>(k), std::move(anchors[k]));
  result.judgement.reasons = std::move(reasons);
  judge(result);
  return result;
}

/// Parts that left the face, left and right that differ by accident; then the verdict.
void Face::State::judge(FaceDrawing& drawing) const {
  std::vector<Reason>& reasons = drawing.judgement.reasons;
  if (!sheet.outline.empty())
    for (std::size_t s = 0; s < drawing.blended.strokes.size(); ++s)
      for (const Vec2 point : drawing.blended.strokes[s].points)
        if (!inside(sheet.outline, point)) {
          reasons.push_back({"outside-face", point.x, point.y, 10,
                             fmt::format("\"{}\" leaves the face", drawing.uses[drawing.group_of[s]].group)});
          break;
        }

  std::vector<double> open(groups.size(), -1);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (drawing.uses[g].shown >= 0) {
      open[g] = groups[g].open[drawing.uses[g].shown];
      continue;
    }
    double low = 1e9, high = -1e9;
    for (std::size_t s = 0; s < drawing.blended.strokes.size(); ++s)
      if (drawing.group_of[s] == static_cast<int>(g))
        for (const Vec2 point : drawing.blended.strokes[s].points) {
          low = std::min(low, point.y);
          high = std::max(high, point.y);
        }
    open[g] = std::max(0.0, high - low);
  }
  for (std::size_t l = 0; l < groups.size(); ++l) {
    if (!groups[l].name.ends_with(" L")) continue;
    const std::string other = groups[l].name.substr(0, groups[l].name.size() - 1) + "R";
    for (std::size_t r = 0; r < groups.size(); ++r) {
      if (groups[r].name != other) continue;
      double drawn = 0, most = 0;
      for (std::size_t k = 0; k < splits.size(); ++k) {
        const double differs = groups[l].open[k] - groups[r].open[k];
        drawn += 0.5 * (drawing.uses[l].weights[k] + drawing.uses[r].weights[k]) * differs;
        most = std::max(most, std::abs(differs));
      }
      const double height =
          sheet.face_height() > 0 ? sheet.face_height() : splits.front().picture.height * 0.4;
      if (std::abs(open[l] - open[r] - drawn) > kLopsided * height && std::abs(open[l] - open[r]) > most)
        reasons.push_back(
            {"lopsided", groups[l].window.left + 0.5 * groups[l].window.width,
             groups[l].window.top + 0.5 * groups[l].window.height, 40,
             fmt::format("\"{}\" and \"{}\" differ more than in the drawings", groups[l].name, other)});
    }
  }

  double confidence = 1;
  for (const GroupUse& use : drawing.uses)
    if (use.reference >= 0) confidence = std::min(confidence, use.covered);
  drawing.judgement.confidence = confidence;
  drawing.judgement.verdict = reasons.empty() ? Verdict::pass : Verdict::look;
  for (const Reason& reason : reasons)
    if (reason.what == "needs-drawing") drawing.judgement.verdict = Verdict::draw;
}

Result<FaceDrawing> Face::at(const Mixture& mixture) {
  return at(FaceMoment{mixture, {}});
}

Result<FaceDrawing> Face::at(const FaceMoment& moment) {
  return mixed(moment, true);
}

Result<FaceDrawing> Face::strokes(const Mixture& mixture) {
  return mixed({mixture, {}}, false);
}

Result<FaceDrawing> Face::mixed(const FaceMoment& moment, bool lines) {
  State& s = *state_;
  if (auto known = check_mixture(s.sheet, moment.mixture); !known) return Failure(std::move(known.error()));
  for (const auto& [group, mixture] : moment.leading)
    if (auto known = check_mixture(s.sheet, mixture); !known) return Failure(std::move(known.error()));
  std::vector<GroupUse> uses;
  std::vector<Reason> reasons;
  for (std::size_t g = 0; g < s.groups.size(); ++g) {
    const auto own = std::find_if(moment.leading.begin(), moment.leading.end(),
                                  [&](const auto& each) { return each.first == s.groups[g].name; });
    const Mixture& mixture = own == moment.leading.end() ? moment.mixture : own->second;
    GroupWeights weights = group_weights(s.sheet, s.groups[g].name, after_mutes(s.sheet, mixture));
    if (weights.outside)
      reasons.push_back({"outside-samples", s.groups[g].window.left + 0.5 * s.groups[g].window.width,
                         s.groups[g].window.top + 0.5 * s.groups[g].window.height,
                         static_cast<double>(s.groups[g].window.width),
                         fmt::format("no drawings of \"{}\" surround this mixture; {:.0f} % of it is shown",
                                     s.groups[g].name, 100 * weights.kept)});
    GroupUse use = s.settle(g, std::move(weights.weights), reasons);
    use.glance = undrawn_glance(s.sheet, after_mutes(s.sheet, mixture));
    if (use.glance != Vec2{} && !s.has_iris(g, use))
      use.glance = {};
    else if (use.glance != Vec2{})
      use.shown = -1;
    uses.push_back(std::move(use));
  }
  tell_undrawn(s.sheet, moment, reasons);
  return s.compose(std::move(uses), std::move(reasons), lines);
}

FaceDrawing Face::blend(const std::vector<double>& weights) {
  State& s = *state_;
  NAKAWARI_CHECK(weights.size() == s.sheet.samples.size());
  std::vector<GroupUse> uses;
  std::vector<Reason> reasons;
  for (std::size_t g = 0; g < s.groups.size(); ++g) uses.push_back(s.settle(g, weights, reasons));
  return s.compose(std::move(uses), std::move(reasons));
}

}  // namespace nakawari
