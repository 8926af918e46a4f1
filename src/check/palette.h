/// \file
/// Which colours may stand in a painted picture beside the model's. Internal to the checks.
#pragma once

#include "check/context.h"
#include "paint/paint.h"

namespace nakawari {

/// Pure red, blue, green or yellow: a trace line that nobody painted over.
inline bool is_trace_colour(Rgba8 c) {
  return c == ink_colour(Ink::red) || c == ink_colour(Ink::blue) || c == ink_colour(Ink::green) ||
         c == ink_colour(Ink::yellow);
}

/// The variant of the model that has the colour, other than the cut's own; empty when none has.
inline std::string other_variant(const CheckContext& context, Rgba8 colour) {
  for (const std::string& variant : context.model.variants)
    if (variant != context.variant &&
        !(context.variant.empty() && variant == context.model.variants.front()) &&
        context.model.find(colour, variant))
      return variant;
  return {};
}

/// True for what other checks speak about: lines, the painter's question, trace lines, white.
inline bool is_no_paint(Rgba8 c) {
  return c.a == 0 || c == ink_colour(Ink::black) || c == kCheckColour || is_trace_colour(c) || c == kPaper;
}

}  // namespace nakawari
