#include "bench/between_table.h"

#include <map>
#include <optional>
#include <set>

#include "bench/peers.h"

namespace nakawari::bench {
namespace {

// A drawing of the sequence, read and measured once for all cases that use it.
struct Frame {
  Raster picture;
  Grey grey;
  Measured measure;
  std::optional<TracedKey> strokes;
  std::string failure;  // of tracing
};

using Frames = std::map<int, Frame>;

bool wants(const TableOptions& options, Method method) {
  return std::find(options.methods.begin(), options.methods.end(), method) != options.methods.end();
}

Result<Frames> read_frames(const Sequence& sequence, const std::vector<Case>& cases,
                           const TableOptions& options) {
  std::set<int> keys, all;
  for (const Case& c : cases) {
    keys.insert({c.first, c.last});
    if (wants(options, Method::through))
      for (const int n : {c.first - c.gap - 1, c.last + c.gap + 1})
        if (n >= 0 && n < sequence.count()) keys.insert(n);
    all.insert(c.middle);
  }
  all.insert(keys.begin(), keys.end());
  Frames frames;
  std::vector<int> numbers(all.begin(), all.end());
  std::vector<std::optional<Error>> errors(numbers.size());
  for (const int number : numbers) frames[number];
  parallel_for(options.threads, numbers.size(), [&](std::size_t i) {
    Frame& frame = frames.at(numbers[i]);
    auto picture = read_lines(sequence, numbers[i], options.source);
    if (!picture) {
      errors[i] = picture.error();
      return;
    }
    frame.picture = std::move(*picture);
    frame.grey = grey_of(frame.picture);
    frame.measure = measured(frame.picture);
    const bool traces =
        wants(options, Method::ours) || wants(options, Method::through) || wants(options, Method::truth);
    if (!traces || !keys.contains(numbers[i])) return;
    if (auto strokes = TracedKey::of(frame.picture))
      frame.strokes = std::move(*strokes);
    else
      frame.failure = strokes.error().one_line();
  });
  for (const auto& error : errors)
    if (error) return Failure(*error);
  return frames;
}

// Pairs of keys by their numbers, matched once for all cases that use them.
using Matches = std::map<std::pair<int, int>, Result<MatchedKeys>>;

Matches match_keys(const std::vector<Case>& cases, const Frames& frames, const TableOptions& options) {
  std::set<std::pair<int, int>> pairs;
  const auto add = [&](int first, int last) {
    const auto a = frames.find(first), b = frames.find(last);
    if (a != frames.end() && b != frames.end() && a->second.strokes && b->second.strokes)
      pairs.insert({first, last});
  };
  for (const Case& c : cases) {
    if (wants(options, Method::ours) || wants(options, Method::through)) add(c.first, c.last);
    if (!wants(options, Method::through)) continue;
    add(c.first - c.gap - 1, c.first);
    add(c.last, c.last + c.gap + 1);
  }
  const std::vector<std::pair<int, int>> list(pairs.begin(), pairs.end());
  std::vector<std::optional<Result<MatchedKeys>>> found(list.size());
  parallel_for(options.threads, list.size(), [&](std::size_t i) {
    found[i] = matched(*frames.at(list[i].first).strokes, *frames.at(list[i].second).strokes);
  });
  Matches matches;
  for (std::size_t i = 0; i < list.size(); ++i) matches.emplace(list[i], std::move(*found[i]));
  return matches;
}

Result<OurPair> our_pair(const Sequence& sequence, const Frames& frames, const Matches& matches,
                         const Case& of, Method method) {
  const Frame &a = frames.at(of.first), &b = frames.at(of.last);
  if (!a.strokes || !b.strokes) return fail(ErrorCode::bad_input, a.failure + b.failure);
  if (method == Method::truth) {
    if (sequence.tracked == 0) return fail(ErrorCode::bad_input, "no tracks");
    return OurPair::of_truth(sequence, of.first, of.last, *a.strokes, *b.strokes);
  }
  const auto known = [&](int first, int last) -> const MatchedKeys* {
    const auto found = matches.find({first, last});
    return method == Method::through && found != matches.end() && found->second ? &*found->second : nullptr;
  };
  const Result<MatchedKeys>& pair = matches.at({of.first, of.last});
  if (!pair) return Failure(pair.error());
  return OurPair::of(*a.strokes, *b.strokes, *pair, known(of.first - of.gap - 1, of.first),
                     known(of.last, of.last + of.gap + 1), of.gap);
}

// Our drawing of a case into `outcome`; the picture, if there is one.
std::optional<Raster> ours(const Sequence& sequence, const Frames& frames, const Matches& matches,
                           const Case& of, Outcome& outcome) {
  const Result<OurPair> pair = our_pair(sequence, frames, matches, of, outcome.method);
  if (!pair) {
    outcome.failure = pair.error().one_line();
    return std::nullopt;
  }
  auto drawing = pair->at(of.t, &outcome.times);
  if (!drawing) {
    outcome.failure = drawing.error().one_line();
    return std::nullopt;
  }
  outcome.judgement = std::move(drawing->judgement);
  outcome.features = std::move(drawing->features);
  return std::move(drawing->picture);
}

// Measures a picture, where asked also after the best whole-figure shift.
void judge(const Measured& truth, const Raster& picture, const Measured& ours, bool placed,
           Outcome& outcome) {
  outcome.score = outcome.placed = compare(truth, ours);
  if (!placed) return;
  const Vec2 shift = best_shift(truth, ours);
  if (!(shift == Vec2{})) outcome.placed = compare(truth, measured(shifted(picture, shift)));
}

Outcome run_case(const Sequence& sequence, const Frames& frames, const Matches& matches, const Case& of,
                 Method method, bool placed) {
  const Frame &a = frames.at(of.first), &b = frames.at(of.last), &truth = frames.at(of.middle);
  Outcome outcome{.of = of, .method = method};
  std::optional<Raster> picture;
  switch (method) {
    case Method::hold_first:
      judge(truth.measure, a.picture, a.measure, placed, outcome);
      return outcome;
    case Method::hold_nearer: {
      const Frame& nearer = of.t <= 0.5 ? a : b;
      judge(truth.measure, nearer.picture, nearer.measure, placed, outcome);
      return outcome;
    }
    case Method::cross_fade:
      picture = raster_of(cross_fade(a.grey, b.grey, of.t));
      break;
    case Method::flow:
      picture =
          raster_of(flow_between(a.grey, b.grey, line_flow(a.grey, b.grey), line_flow(b.grey, a.grey), of.t));
      break;
    case Method::minterpolate:
      if (auto made = minterpolate(a.grey, b.grey, of.t))
        picture = raster_of(*made);
      else
        outcome.failure = made.error().one_line();
      break;
    case Method::ours:
    case Method::through:
    case Method::truth:
      picture = ours(sequence, frames, matches, of, outcome);
      break;
  }
  if (!picture) picture = Raster(a.picture.width, a.picture.height, kPaper);
  judge(truth.measure, *picture, measured(*picture), placed, outcome);
  return outcome;
}

}  // namespace

std::string_view word(Method method) {
  switch (method) {
    case Method::ours:
      return "ours";
    case Method::through:
      return "ours+2";
    case Method::truth:
      return "oracle";
    case Method::hold_nearer:
      return "nearer";
    case Method::hold_first:
      return "hold";
    case Method::cross_fade:
      return "fade";
    case Method::flow:
      return "flow";
    case Method::minterpolate:
      return "ffmpeg";
  }
  return "ours";
}

std::vector<Case> cases_of(const Sequence& sequence, const TableOptions& options) {
  std::vector<Case> cases;
  for (const int gap : options.gaps) {
    int taken = 0;
    for (int i = 0; i + gap + 1 < sequence.count(); i += options.stride) {
      if (options.limit > 0 && taken++ >= options.limit) break;
      const int last = i + gap + 1, centre = i + (gap + 1) / 2;
      for (int m = i + 1; m < last; ++m)
        if (options.every_t || m == centre)
          cases.push_back({sequence.name, i, m, last, gap, own_t(sequence, i, m, last)});
    }
  }
  return cases;
}

Result<std::vector<Outcome>> run_table(const Sequence& sequence, const TableOptions& options) {
  const std::vector<Case> cases = cases_of(sequence, options);
  const auto frames = read_frames(sequence, cases, options);
  if (!frames) return Failure(frames.error());
  const Matches matches = match_keys(cases, *frames, options);
  const std::size_t methods = options.methods.size();
  std::vector<Outcome> outcomes(cases.size() * methods);
  parallel_for(options.threads, outcomes.size(), [&](std::size_t i) {
    outcomes[i] = run_case(sequence, *frames, matches, cases[i / methods], options.methods[i % methods],
                           options.placed);
  });
  return outcomes;
}

Result<OurDrawing> draw_ours(const Sequence& sequence, const Case& of, LineSource source) {
  const auto a = read_lines(sequence, of.first, source), b = read_lines(sequence, of.last, source);
  if (!a) return Failure(a.error());
  if (!b) return Failure(b.error());
  const auto a_strokes = TracedKey::of(*a), b_strokes = TracedKey::of(*b);
  if (!a_strokes) return Failure(a_strokes.error());
  if (!b_strokes) return Failure(b_strokes.error());
  const auto pair = OurPair::of(*a_strokes, *b_strokes);
  if (!pair) return Failure(pair.error());
  return pair->at(of.t);
}

}  // namespace nakawari::bench
