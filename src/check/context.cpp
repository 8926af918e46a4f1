#include "check/context.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "check/checks.h"
#include "check/pairs.h"
#include "check/proportion.h"
#include "check/registration.h"

namespace nakawari {
namespace {

/// Measures of the cel as a whole that a profile needs beside those of single drawings.
Measurements pair_measurements(const CheckContext& context, int drawing) {
  Measurements m;
  const Seen& seen = context.at(drawing);
  const PartMap& parts = context.parts[static_cast<std::size_t>(drawing)];
  for (const auto& [name, value] : proportions(seen, parts)) m["proportion." + name].push_back(value);
  for (const Eye& eye : parts.eyes)
    if (eye.iris > 0) m["eye.below"].push_back(eye.below());
  // Pairs of colours across trace lines that the approved drawings have beyond the model's own.
  for (const SeenContact& c : seen.contacts) {
    if (c.ink == Ink::black || c.ink == Ink::none) continue;
    const Style *a = context.style(seen.regions[c.a].colour), *b = context.style(seen.regions[c.b].colour);
    if (a && b && a->part != b->part) m["pair." + pair_name(*a, *b)].push_back(c.length);
  }
  return m;
}

/// Which samples of a track lead back home; needs the track of the way back.
void mark_sure(CheckContext& context, std::pair<int, int> pair) {
  Track& track = context.tracks.at(pair);
  const Track* back = context.track(pair.second, pair.first);
  const Seen& from = context.at(pair.first);
  const double reach = std::max(2.5, from.px(4));
  track.sure.assign(track.samples.size(), 0);
  for (std::size_t i = 0; i < track.samples.size(); ++i) {
    const std::int32_t there = track.samples[i].sample;
    if (there < 0 || !back) continue;
    const SampleHit& home = back->samples[there];
    const Sample& s = from.graph.samples[i];
    // Along the line the way back may slip: lines look the same everywhere.
    track.sure[i] = home.sample >= 0 && std::abs(cross(s.tangent, home.place - s.position)) < reach &&
                    distance(home.place, s.position) < 4 * reach;
  }
}

}  // namespace

Vec2 Track::moved(Vec2 p) const {
  return motion.moved(p / zoom) * zoom;
}

const Track* CheckContext::track(int from, int to) const {
  const auto it = tracks.find({from, to});
  return it == tracks.end() ? nullptr : &it->second;
}

std::vector<Measurements> approved_measurements(const CheckContext& context) {
  std::vector<Measurements> all;
  for (std::size_t i = 0; i < context.drawings.size(); ++i) {
    const Seen& seen = context.drawings[i];
    const bool lines = seen.given.lines_approved, paint = seen.given.paint_approved;
    if (!lines && !paint) continue;
    all.push_back(measurements(seen, lines, paint));
    if (paint)
      for (auto& [name, values] : pair_measurements(context, static_cast<int>(i)))
        all.back()[name].insert(all.back()[name].end(), values.begin(), values.end());
  }
  return all;
}

namespace {

/// How far lines lie beside the middle of their neighbours, and how far they travel: medians, px.
class Course {
 public:
  Course(const CheckContext& context, int drawing)
      : seen_(context.at(drawing)),
        before_(*context.track(drawing, seen_.given.before)),
        after_(*context.track(drawing, seen_.given.after)) {}
  void add(std::int32_t i) {
    const Sample& s = seen_.graph.samples[i];
    if (!before_.sure[i] || !after_.sure[i]) return;
    const Vec2 b = before_.samples[i].place, a = after_.samples[i].place;
    off_.push_back(std::abs(dot(s.position - (b + a) / 2, perpendicular(s.tangent))));
    travel_.push_back((distance(s.position, b) + distance(s.position, a)) / 2);
  }
  /// They lie about between the two. At the end of a swing (out, and back on the next drawing) both
  /// neighbours may show alike what turns away here.
  [[nodiscard]] bool is_even() const {
    constexpr double kOff = 3, kOfTravel = 0.25;  // px at 1920; share of the way to a neighbour
    return median_of(off_) <= std::max(seen_.px(kOff), kOfTravel * median_of(travel_));
  }

 private:
  const Seen& seen_;
  const Track &before_, &after_;
  std::vector<double> off_, travel_;
};

bool is_followed(const CheckContext& context, int drawing) {
  constexpr double kShare = 0.65;
  const Seen& seen = context.at(drawing);
  for (const int other : {seen.given.before, seen.given.after}) {
    const Track* track = context.track(drawing, other);
    if (!track || static_cast<double>(std::count(track->sure.begin(), track->sure.end(), 1)) <
                      kShare * static_cast<double>(track->sure.size()))
      return false;
  }
  Course course(context, drawing);
  for (std::int32_t i = 0; i < seen.graph.size(); ++i) course.add(i);
  return course.is_even();
}

void mark_followed(CheckContext& context) {
  context.followed.clear();
  for (std::size_t i = 0; i < context.drawings.size(); ++i)
    context.followed.push_back(is_followed(context, static_cast<int>(i)));
}

}  // namespace

bool is_understood(const CheckContext& context, int drawing, Vec2 at, double radius, double hole) {
  constexpr int kLeast = 24;
  constexpr double kShare = 0.75;
  const Seen& seen = context.at(drawing);
  if (!context.followed[static_cast<std::size_t>(drawing)]) return false;
  for (const int other : {seen.given.before, seen.given.after}) {
    const Track* track = context.track(drawing, other);
    int looked = 0, sure = 0;
    for (double reach = radius; looked < kLeast && reach <= 4 * radius; reach *= 2) {
      looked = sure = 0;
      seen.grid->visit(at, reach, [&](std::int32_t i) {
        const double far = distance(seen.graph.samples[i].position, at);
        if (far > reach || far < hole) return;
        ++looked;
        sure += track->sure[i];
      });
    }
    if (looked < kLeast || sure < kShare * looked) return false;
  }
  Course course(context, drawing);
  seen.grid->visit(at, 2 * radius, [&](std::int32_t i) {
    const double far = distance(seen.graph.samples[i].position, at);
    if (far <= 2 * radius && far >= hole) course.add(i);
  });
  return course.is_even();
}

Result<CheckContext> look_at_cel(const CheckJob& job, Threads threads) {
  CheckContext context;
  context.cel = job.cel;
  context.model = job.model;
  context.variant = job.variant;
  const auto n = static_cast<std::size_t>(job.drawings);
  std::vector<std::optional<Error>> errors(n);
  context.drawings.resize(n);
  parallel_for(threads, n, [&](std::size_t i) {
    auto input = job.load(static_cast<int>(i));
    if (!input) {
      errors[i] = std::move(input.error());
      return;
    }
    auto seen = look_at(std::move(*input));
    if (!seen)
      errors[i] = std::move(seen.error());
    else
      context.drawings[i] = std::move(*seen);
  });
  for (const auto& error : errors)
    if (error) return Failure(*error);
  for (std::size_t i = 1; i < n; ++i)
    if (context.drawings[i].width != context.drawings[0].width ||
        context.drawings[i].height != context.drawings[0].height)
      return fail(ErrorCode::bad_input, "the drawings of a cel have different sizes",
                  "export all drawings of the cut at one size",
                  {.cel = job.cel, .drawing = context.drawings[i].given.name});

  std::set<std::pair<int, int>> wanted;
  for (std::size_t i = 0; i < n; ++i)
    for (const int other : {context.drawings[i].given.before, context.drawings[i].given.after})
      if (other >= 0 && other != static_cast<int>(i) && other < job.drawings) {
        wanted.insert({static_cast<int>(i), other});
        wanted.insert({other, static_cast<int>(i)});
      }
  const std::vector<std::pair<int, int>> list(wanted.begin(), wanted.end());
  std::vector<Track> tracks(list.size());
  parallel_for(threads, list.size(), [&](std::size_t k) {
    tracks[k] = register_in(context.at(list[k].first), context.at(list[k].second));
    tracks[k].from = list[k].first;
    tracks[k].to = list[k].second;
  });
  for (std::size_t k = 0; k < list.size(); ++k) context.tracks.emplace(list[k], std::move(tracks[k]));
  for (const auto& pair : list) mark_sure(context, pair);
  mark_followed(context);

  for (const Seen& seen : context.drawings)
    context.parts.push_back(find_parts(seen, context.model, context.variant));
  context.own_profile = !job.profile.has_value();
  if (job.profile) {
    context.profile = *job.profile;
  } else {
    context.profile =
        profile_of(approved_measurements(context), context.drawings.empty() ? 1 : context.drawings[0].scale);
    context.profile.name = job.cel;
  }
  return context;
}

Result<void> replace_drawing(CheckContext& context, int drawing, CheckInput input) {
  auto seen = look_at(std::move(input));
  if (!seen) return Failure(std::move(seen.error()));
  const auto i = static_cast<std::size_t>(drawing);
  const bool same_lines = context.drawings[i].label.data == seen->label.data &&
                          context.drawings[i].graph.samples.size() == seen->graph.samples.size();
  context.drawings[i] = std::move(*seen);
  context.parts[i] = find_parts(context.drawings[i], context.model, context.variant);
  for (auto& [pair, track] : context.tracks) {
    if (pair.first != drawing && pair.second != drawing) continue;
    if (same_lines) {
      follow_paint(context.at(pair.first), context.at(pair.second), track);
      continue;
    }
    track = register_in(context.at(pair.first), context.at(pair.second));
    track.from = pair.first;
    track.to = pair.second;
  }
  if (same_lines) return {};
  for (const auto& [pair, track] : context.tracks)
    if (pair.first == drawing || pair.second == drawing) mark_sure(context, pair);
  mark_followed(context);
  return {};
}

Outcome run_checks(const CheckContext& context, const CheckOptions& options) {
  std::vector<const Check*> chosen;
  for (const Check& check : all_checks())
    if (options.only.empty() ||
        std::find(options.only.begin(), options.only.end(), check.name) != options.only.end())
      chosen.push_back(&check);
  std::vector<Outcome> by_drawing(context.drawings.size());
  parallel_for(options.threads, by_drawing.size(), [&](std::size_t i) {
    for (const Check* check : chosen) check->run(context, static_cast<int>(i), by_drawing[i]);
  });
  Outcome all;
  for (Outcome& one : by_drawing) {
    std::move(one.findings.begin(), one.findings.end(), std::back_inserter(all.findings));
    std::move(one.not_judged.begin(), one.not_judged.end(), std::back_inserter(all.not_judged));
  }
  return all;
}

}  // namespace nakawari
