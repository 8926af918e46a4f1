/// \file
/// Eyes between two keys, where somebody has named their parts: the lower lid stays, the upper lid comes
/// down, the iris goes down with it and shows no white below that the keys do not show, and half way lies
/// nearer to the open eye. What only the open eye has is seen, whichever key is nearer, until the lid covers
/// it.
///
/// The numbers are those of faces (drawing/eye.h).
#pragma once

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inbetween/key_at.h"
#include "match/fixes.h"

namespace nakawari {

enum class EyePart : std::uint8_t {
  upper_lid,  ///< with its fold and lashes
  lower_lid,
  iris,
  highlight,
  white,  ///< drawn on the white, such as the line of a shadow: stays until the lid covers it
};
inline constexpr std::size_t kEyeParts = 5;
/// A piece of a stroke, px of its length.
struct StrokeRun {
  StrokeId stroke = -1;
  float from = 0, to = std::numeric_limits<float>::max();
};

/// The lines of one part of an eye: those mostly in a lasso, or named one by one.
struct EyeLines {
  std::string eye;  ///< its parts share it: "eye L"
  EyePart part = EyePart::upper_lid;
  bool in_first = true;         ///< they are the first key's, else the second's
  std::vector<Vec2> lasso;      ///< closed by itself; empty: `runs`
  std::vector<StrokeRun> runs;  ///< of the key's drawing
  bool said = true;             ///< by a person, who always wins; else found
};

/// A fix that circles an eye which is not plain.
struct UnclearEye {
  std::string fix;  ///< its id
  std::string why;  ///< and what is to be named by hand
};

/// What group fixes say of eyes. "eye L upper-lid", "eye L lower-lid", "eye L iris", "eye L highlight" name a
/// part; "eye L" alone circles a whole eye, which is divided (eye_division.h).
struct EyeNames {
  std::vector<EyeLines> lines;
  std::vector<UnclearEye> unclear;
};
EyeNames eye_lines(const std::vector<GroupFix>& groups, const Drawing& a, const Drawing& b);

class Eyes {
 public:
  Eyes() = default;
  /// The keys lie at home. What is named in one key is found in the other by its partners, or is named there
  /// too. What was said, and its partners, goes before what was found; an eye of which a line was said is
  /// that eye, whatever it was called where it was found. The line of a closed eye is its upper lid, whatever
  /// it was matched with. An eye without an upper lid in either key, or whose drawings are not of one size,
  /// is left as it is.
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

  static std::vector<std::int32_t> meant(const EyeLines& lines, const KeyAt& key);
  static void whole_strokes(Side& side, const KeyAt& key, std::vector<const Eye*>& taken);
  static bool alike(const Frame& a, const Frame& b);
  static bool blinks(const Side& a, const Side& b);
  static bool measure(Side& side, const KeyAt& key);
  static void pair(Side& side, const KeyAt& key, const Side& other, const KeyAt& there);
  static Frame frame_at(const Eye& eye, const KeyAt& a, double t);
  static void show(const Side& side, const Side& other, const Frame& now, const Places& own, bool nearer,
                   KeyAt& key, std::vector<Sight>& sight);

  std::vector<Eye> eyes_;
};

}  // namespace nakawari
