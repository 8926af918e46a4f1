/// \file
/// Parts of a character by their colours: which pixels are iris, eye white, mouth, face. Names of parts are
/// free text in a colour model; a few words are understood ("iris", "eye white", "teeth", ...).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "check/look.h"
#include "paint/colour_model.h"

namespace nakawari {

enum class PaintedPart { face, hair, eye_white, iris, glint, mouth, teeth, other };
PaintedPart painted_part(const std::string& part_name);

/// Pixels of one connected part, regions that touch across lines joined.
struct PartBlob {
  PaintedPart kind = PaintedPart::other;
  std::string part;
  int area = 0, left = 0, top = 0, right = 0, bottom = 0;
  Vec2 centre;
  std::vector<int> regions;
  [[nodiscard]] double width() const { return right - left + 1; }
  [[nodiscard]] double height() const { return bottom - top + 1; }
};

/// An eye: white, iris and glints that lie together.
struct Eye {
  int left = 0, top = 0, right = 0, bottom = 0;
  Vec2 centre;
  int white = 0, iris = 0, glint = 0;  ///< areas, px
  Vec2 iris_centre, glint_centre;
  int iris_bottom = 0;
  int white_below = 0;          ///< px of white below the iris
  std::vector<StyleId> styles;  ///< of regions above a few pixels, sorted
  [[nodiscard]] double width() const { return right - left + 1; }
  [[nodiscard]] double height() const { return bottom - top + 1; }
  [[nodiscard]] double below() const {
    return static_cast<double>(white_below) / std::max(1, white + iris + glint);
  }
};

struct PartMap {
  std::vector<PartBlob> blobs;  ///< by falling area
  std::vector<Eye> eyes;        ///< left to right
  [[nodiscard]] const PartBlob* largest(PaintedPart kind) const;
};

/// Finds the parts of a painted drawing; empty without paint or model.
PartMap find_parts(const Seen& seen, const ColourModel& model, const std::string& variant);

}  // namespace nakawari
