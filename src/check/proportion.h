/// \file
/// Proportions of a face, as ratios that do not change with size, in the bucket of the head's angle.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/parts.h"

namespace nakawari {

/// Pairs of name ("a+0.eye-width") and value; the name begins with the bucket of the angle. Empty without two
/// eyes. Over the distance of the eyes: eye-width, iris-gap, iris-size, face-width, chin (from the eyes
/// down), mouth (from the eyes); and head-units, the height of a body that is shown whole over that of its
/// head.
std::vector<std::pair<std::string, double>> proportions(const Seen& seen, const PartMap& parts);

/// The head by its paint: from the hair's top to the face's bottom. Nothing where the page cuts it off, or
/// without a face around two eyes.
struct Head {
  int left = 0, top = 0, right = 0, chin = 0;
  [[nodiscard]] double height() const { return chin - top + 1; }
};
std::optional<Head> head_of(const Seen& seen, const PartMap& parts);

}  // namespace nakawari
