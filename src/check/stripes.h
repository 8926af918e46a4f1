/// \file
/// Rows of like shapes: stripes of a stocking, planks, ribs.
#pragma once

#include <vector>

#include "check/context.h"
#include "check/shapes.h"

namespace nakawari {

/// A stripe of a row, followed to the drawings before and after.
struct Stripe {
  int shape = -1;                   ///< in shapes_of this drawing
  double width = 0, reference = 0;  ///< across the row, over the median of the row; beside this drawing
  double moving = 0;                ///< what before and after differ by, share of the reference
  double px = 0;                    ///< its width
  double area = 1;                  ///< of the middle of its areas before and after
};

/// The rows that stand before, here and after: at least four stripes that are followed. Empty without two
/// neighbours.
std::vector<std::vector<Stripe>> rows_of_stripes(const CheckContext& context, int drawing,
                                                 const Shapes& here);

/// Share by which a stripe's width over its row's may be off.
double stripe_fail(const Stripe& stripe, const std::vector<Stripe>& row);

}  // namespace nakawari
