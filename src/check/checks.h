/// \file
/// The table of checks. One check is one function in a file of its own: it looks at one drawing of a cel,
/// with its neighbours, the style and the colour model at hand, and appends what it finds. To add one, write
/// the function and put a line into the table (checks.cpp).
///
/// A check lists a finding from 17/20 of its threshold on (`warn`: a fault of just the threshold measures
/// below it as often as above) and calls it `fail` from the threshold on. Definitions and thresholds:
/// docs/check.md.
#pragma once

#include <span>

#include "check/context.h"

namespace nakawari {

struct Check {
  const char* name;      ///< stable word
  const char* japanese;  ///< the trade's name
  const char* about;     ///< one line for people
  void (*run)(const CheckContext& context, int drawing, Outcome& out);
};

/// In the order in which findings are listed.
std::span<const Check> all_checks();

void check_line_width(const CheckContext& context, int drawing, Outcome& out);
void check_taper(const CheckContext& context, int drawing, Outcome& out);
void check_line_colour(const CheckContext& context, int drawing, Outcome& out);
void check_broken_line(const CheckContext& context, int drawing, Outcome& out);
void check_missing_stroke(const CheckContext& context, int drawing, Outcome& out);
void check_unpainted(const CheckContext& context, int drawing, Outcome& out);
void check_colour_flicker(const CheckContext& context, int drawing, Outcome& out);
void check_colour_difference(const CheckContext& context, int drawing, Outcome& out);
void check_palette_pair(const CheckContext& context, int drawing, Outcome& out);
void check_registration(const CheckContext& context, int drawing, Outcome& out);
void check_boil(const CheckContext& context, int drawing, Outcome& out);
void check_corner(const CheckContext& context, int drawing, Outcome& out);
void check_area_jitter(const CheckContext& context, int drawing, Outcome& out);
void check_detail_count(const CheckContext& context, int drawing, Outcome& out);
void check_stripe_width(const CheckContext& context, int drawing, Outcome& out);
void check_proportion(const CheckContext& context, int drawing, Outcome& out);
void check_eye_rules(const CheckContext& context, int drawing, Outcome& out);
void check_spacing(const CheckContext& context, int drawing, Outcome& out);
void check_kumi(const CheckContext& context, int drawing, Outcome& out);
void check_speck(const CheckContext& context, int drawing, Outcome& out);
void check_off_palette(const CheckContext& context, int drawing, Outcome& out);
void check_white_paint(const CheckContext& context, int drawing, Outcome& out);
void check_leftover_trace(const CheckContext& context, int drawing, Outcome& out);
void check_trace_role(const CheckContext& context, int drawing, Outcome& out);
void check_colour_leak(const CheckContext& context, int drawing, Outcome& out);
void check_shadow_alone(const CheckContext& context, int drawing, Outcome& out);
void check_left_right(const CheckContext& context, int drawing, Outcome& out);
void check_style_missing(const CheckContext& context, int drawing, Outcome& out);
void check_variant_mix(const CheckContext& context, int drawing, Outcome& out);
void check_line_altered(const CheckContext& context, int drawing, Outcome& out);

}  // namespace nakawari
