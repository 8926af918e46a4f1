/// \file
/// What a checker would send back: one finding, one place, one reason. And what could not be judged, which is
/// a result of its own.
#pragma once

#include <string>
#include <vector>

#include "geometry/vec2.h"

namespace nakawari {

/// How sure: `warn` lies above the noise, `fail` above the check's threshold.
enum class Level { warn, fail };
/// How much it matters on the screen (after the severities of Netflix's quality control): an issue is seen in
/// real time in the middle of the frame, on a character that speaks, or as the main action; the rest is for
/// your information.
enum class Severity { fyi, issue };
enum class FindingState { open, fixed, intended };

/// `part` of a finding that repeats what the painter asks about itself.
inline constexpr const char* kAskedPart = "asked";

/// One thing to send back. Numbers are in `unit`; places are pixels of the drawing.
struct Finding {
  std::string check;  ///< stable word of the check ("line-width")
  int drawing = -1;   ///< index into the cel
  std::string part;   ///< what it is about: a class of lines, a part of the colour model; may be empty
  double value = 0, reference = 0;
  double threshold = 0;  ///< the difference from `reference` at which the check fails
  std::string unit;
  Level level = Level::fail;
  double confidence = 1;  ///< 0..1
  Vec2 at;
  double size = 0;   ///< diameter of the place, px
  std::string text;  ///< a sentence for people, without a full stop
};

/// A check that could not speak about a drawing (-1: about the whole cel), and why; with a `size`, only about
/// one place of it, where it would have found something.
struct NotJudged {
  std::string check;
  int drawing = -1;
  std::string why;
  Vec2 at;
  double size = 0;
};

/// What one check says. A check appends; it never looks at what others said.
struct Outcome {
  std::vector<Finding> findings;
  std::vector<NotJudged> not_judged;

  /// `why` for this drawing.
  void skip(const char* check, int drawing, std::string why) {
    not_judged.push_back({check, drawing, std::move(why), {}, 0});
  }
};

}  // namespace nakawari
