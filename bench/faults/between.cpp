#include "between.h"

#include "bench/ours.h"

namespace nakawari::bench {

std::optional<Made> made_between(const Window& window, int middle) {
  const auto m = static_cast<std::size_t>(middle);
  if (m == 0 || m + 1 >= window.drawings.size()) return std::nullopt;
  const auto a = TracedKey::of(window.drawings[m - 1].source),
             b = TracedKey::of(window.drawings[m + 1].source);
  if (!a || !b) return std::nullopt;
  const auto pair = OurPair::of(*a, *b);
  if (!pair) return std::nullopt;
  auto drawn = pair->at(0.5);
  if (!drawn || drawn->judgement.verdict == Verdict::draw) return std::nullopt;
  Made made;
  made.verdict = drawn->judgement.verdict;
  made.input = window.drawings[m];
  made.input.traced.reset();
  made.input.by_program = true;
  made.input.lines_approved = made.input.paint_approved = false;
  made.input.t = 0.5;
  made.input.from = middle - 1;
  made.input.to = middle + 1;
  made.input.source = std::move(drawn->picture);
  if (m < window.wanted.size()) made.input.painted = painted_like(made.input.source, window.wanted[m]);
  return made;
}

}  // namespace nakawari::bench
