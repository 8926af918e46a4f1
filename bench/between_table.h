/// \file
/// The in-between benchmark: takes drawings out of sequences, lets every method make them again from the keys
/// around, and measures.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "base/verdict.h"
#include "bench/metrics.h"
#include "bench/ours.h"
#include "bench/sequence.h"

namespace nakawari::bench {

enum class Method { ours, through, truth, hold_nearer, hold_first, cross_fade, flow, minterpolate };
inline constexpr std::array kMethods = {Method::ours,        Method::through,     Method::truth,
                                        Method::hold_nearer, Method::hold_first,  Method::cross_fade,
                                        Method::flow,        Method::minterpolate};
/// "ours", "ours+2" (with the key before and the key after, as far as there are any), "oracle" (ours with the
/// true motion in place of matching), "nearer", "hold", "fade", "flow", "ffmpeg".
std::string_view word(Method method);

/// One drawing to be made: `middle` from `first` and `last` of one sequence.
struct Case {
  std::string sequence;
  int first = 0, middle = 0, last = 0;
  int gap = 1;
  double t = 0.5;
};

/// A case as one method made it.
struct Outcome {
  Case of;
  Method method = Method::ours;
  Score score = {};
  Score placed = {};                   ///< the same after the best whole-figure shift (TableOptions::placed)
  std::string failure = {};            ///< why there is no picture; the score is that of an empty page
  Judgement judgement = {};            ///< ours only
  std::vector<Feature> features = {};  ///< ours only
  OurTimes times = {};                 ///< ours only
};

struct TableOptions {
  std::vector<int> gaps = {1, 5, 9};
  std::vector<Method> methods;
  int stride = 1;  ///< every n-th pair of each gap
  int limit = 0;   ///< pairs per sequence and gap, 0 = all
  LineSource source = LineSource::line;
  /// Also every drawing between the keys, at its own t, instead of the one in the middle only.
  bool every_t = false;
  /// Also measure after moving the whole drawing to where it fits the truth best: parts drawing from timing.
  bool placed = false;
  Threads threads;
};

/// Keys i and i + gap + 1 for every stride-th i.
std::vector<Case> cases_of(const Sequence& sequence, const TableOptions& options);

/// All outcomes of one sequence, by case and then in the order of `options.methods`.
/// Errors: a drawing that cannot be read. A method that fails is an outcome, not an error.
Result<std::vector<Outcome>> run_table(const Sequence& sequence, const TableOptions& options);

/// Our picture of a case, for sheets and dumps.
Result<OurDrawing> draw_ours(const Sequence& sequence, const Case& of, LineSource source);

}  // namespace nakawari::bench
