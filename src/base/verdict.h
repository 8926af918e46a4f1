/// \file
/// What every derived drawing carries: a verdict with reasons and places, so that no guess is silent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nakawari {

enum class Verdict {
  pass,  ///< a checker would let it through
  look,  ///< good in the main; look at the places named in the reasons
  draw,  ///< the program cannot do well here: a breakdown is needed
};

/// One thing to look at. `what` is a stable word for machines ("no-partner", "low-margin", ...);
/// `text` is a sentence for people. `x`, `y` are pixels of the drawing, `size` the diameter of the place.
struct Reason {
  std::string what;
  double x = 0, y = 0;
  double size = 0;
  std::string text;
};

/// The verdict on one drawing. `confidence` is the calibrated probability that the drawing is good, 0..1.
struct Judgement {
  Verdict verdict = Verdict::look;
  double confidence = 0;
  std::vector<Reason> reasons;
};

[[nodiscard]] constexpr std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::look:
      return "look";
    case Verdict::draw:
      return "draw";
  }
  return "look";
}

/// The worse of the two: draw over look over pass.
[[nodiscard]] constexpr Verdict worse(Verdict a, Verdict b) {
  return static_cast<int>(a) > static_cast<int>(b) ? a : b;
}

}  // namespace nakawari
