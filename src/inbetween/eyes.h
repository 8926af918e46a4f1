/// \file
/// Eyes between two keys, where somebody has named their parts: the lower lid stays, the upper lid comes
/// down, the iris goes down with it and shows no white below that the keys do not show, and half way lies
/// nearer to the open eye. What only the open eye has is seen, whichever key is nearer, until the lid covers
/// it.
///
/// The numbers are those of faces (drawing/eye.h).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "inbetween/key_at.h"
#include "match/fixes.h"

namespace nakawari {

enum class EyePart : std::uint8_t { upper_lid, lower_lid, iris, highlight };
inline constexpr std::size_t kEyeParts = 4;

/// The lines of one part of an eye.
struct EyeLines {
  std::string eye;  ///< its parts share it: "eye L"
  EyePart part = EyePart::upper_lid;
  bool in_first = true;     ///< the polygon lies over the first key, else over the second
  std::vector<Vec2> lasso;  ///< closed by itself; its are the lines that lie mostly within
};

/// Group fixes that name parts of eyes: "eye L upper-lid", "eye L lower-lid", "eye L iris", "eye L
/// highlight".
std::vector<EyeLines> eye_lines(const std::vector<GroupFix>& groups);

class Eyes {
 public:
  Eyes() = default;
  /// The keys lie at home. What is named in one key is found in the other by its partners, or is named there
  /// too. The line of a closed eye is its upper lid, whatever it was matched with. An eye without an upper
  /// lid in either key is left as it is.
  Eyes(const std::vector<EyeLines>& lines, const KeyAt& a, const KeyAt& b);

  /// Moves the eyes' lines of both keys to where they belong at t and says what is seen of them.
  void draw(double t, KeyAt& a, KeyAt& b, std::vector<Sight>& sight_a, std::vector<Sight>& sight_b) const;

 private:
  using Places = std::array<std::vector<Vec2>, kEyeParts>;
  /// A level frame: the corners of the eye lie half a unit left and right of its middle.
  struct Frame {
    Vec2 middle, along;
    [[nodiscard]] Vec2 to_local(Vec2 p) const;
    [[nodiscard]] Vec2 to_page(Vec2 local) const;
  };
  /// One key's drawing of an eye.
  struct Side {
    std::array<std::vector<std::int32_t>, kEyeParts> lines;  ///< samples, rising
    Frame frame;
    Places own, other;                                ///< local places in this key and in the other
    std::array<std::vector<char>, kEyeParts> paired;  ///< with a sample of the same part
    double white = -1;                                ///< below the iris
    double opening = 0;                               ///< from lid to lid
    [[nodiscard]] bool has(EyePart part) const { return !lines[static_cast<std::size_t>(part)].empty(); }
  };
  struct Eye {
    Side a, b;
    std::vector<std::int32_t> around;  ///< samples of the first key that both keys have near the eye
  };

  static bool measure(Side& side, const KeyAt& key);
  static void pair(Side& side, const KeyAt& key, const Side& other, const KeyAt& there);
  static Frame frame_at(const Eye& eye, const KeyAt& a, double t);
  static void show(const Side& side, const Side& other, const Frame& now, const Places& own, bool nearer,
                   KeyAt& key, std::vector<Sight>& sight);

  std::vector<Eye> eyes_;
};

}  // namespace nakawari
