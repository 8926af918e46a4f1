/// \file
/// The expression sheet (hyoujou-shuu): an artist's drawings of one head at one angle, each with a name and
/// a place in the space of expressions. Every face between them is a mixture of these drawings and of
/// nothing else.
///
/// A drawing stands where its parameters say: the neutral one at the origin, `joy` at joy = 1, a half-closed
/// eye at blink = 0.5, a corrective for a shy smile at {joy = 0.6, shy = 0.5}. Parts are places of the face
/// that move by rules of their own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "drawing/eye.h"
#include "geometry/vec2.h"
#include "image/grid.h"

namespace nakawari {

enum class PartKind {
  brow,
  upper_lid,  ///< upper lash line with its fold; a drawn closed eye too
  lower_lid,
  iris,
  highlight,  ///< in the iris
  mouth,
  teeth,
  cheek,    ///< blush
  mark,     ///< sweat drop, vein, shock lines: switched, never blended
  outline,  ///< of the face
  other,
};

/// The word of a kind in a sheet ("upper-lid"), and back; `other` for a word that is none.
std::string word_of(PartKind kind);
bool part_kind_of(const std::string& word, PartKind& kind);

/// A place of the face. Which strokes of a drawing are its own is told by the cel they are drawn on, by a
/// polygon, or by what they match in the neutral drawing (part_split.h).
struct FacePart {
  std::string name;  ///< unique in the sheet
  PartKind kind = PartKind::other;
  std::string group;         ///< parts of one group are blended together, so that they cannot slip ("eye R")
  std::string cel;           ///< only lines of this cel; empty: any
  std::vector<Vec2> region;  ///< polygon in pixels; empty: all of the cel
};

/// How an emotion treats what comes from elsewhere (VRM's override rules).
enum class Mute {
  none,   ///< both; the eyes follow the blink, the lips the voice
  block,  ///< not at all while the emotion is on
  blend,  ///< the less, the more of the emotion
};

/// What a parameter is for: decides who gives way where two touch one part.
enum class ParameterKind { emotion, mouth, gaze, blink };
inline constexpr int kParameterKinds = 4;

struct FaceParameter {
  std::string name;
  ParameterKind kind = ParameterKind::emotion;
  Mute mutes[kParameterKinds] = {Mute::none, Mute::none, Mute::none, Mute::none};  ///< of other kinds
  bool elsewhere = false;  ///< no drawing here shows it, but one on another cel of the face does
};

/// A mixture: parameter to value; what is not named is 0.
using Mixture = std::map<std::string, double>;

/// One picture of a sample: the lines on one cel. A sheet without cels has one picture a sample, with an
/// empty name of cel.
struct SamplePicture {
  std::string cel;
  std::string file;  ///< for errors
  Raster lines;
};

struct FaceSample {
  std::string name;
  Mixture at;                           ///< empty: the neutral drawing
  std::vector<SamplePicture> pictures;  ///< bottom to top
  std::vector<std::string> touches;     ///< groups or parts that it speaks of; empty: all
  std::vector<std::string> binary;      ///< groups that are switched to this drawing, never blended with it
  std::string paint;                    ///< file of the painted drawing, may be empty
  long line = -1;                       ///< of the sheet's file
};

struct ExpressionSheet {
  std::string file;  ///< for errors
  std::string name;
  Vec2 chin, brow;  ///< face height is their distance; equal: not given
  /// Where half way between an open and a closed eye lies when nobody drew it: nearer to open.
  double half_blink = kHalfBlink;
  /// Strokes in no polygon are looked up in the neutral drawing by matching; else they are the base.
  bool match_neutral = false;
  std::vector<Vec2> outline;  ///< of the face, a polygon that no part may leave; empty: not checked
  std::vector<FacePart> parts;
  std::vector<FaceParameter> parameters;  ///< in order of first mention
  std::vector<FaceSample> samples;        ///< the neutral drawing first

  [[nodiscard]] double face_height() const { return distance(chin, brow); }
};

/// Index of a sample or parameter by name, -1 when there is none.
int find_sample(const ExpressionSheet& sheet, const std::string& name);
int find_parameter(const ExpressionSheet& sheet, const std::string& name);

/// What the parts are blended by: names of groups in order of first mention, and the group of each part.
struct FaceGroups {
  std::vector<std::string> names;
  std::vector<int> of_part;
};
FaceGroups face_groups(const ExpressionSheet& sheet);

/// True when the sample speaks of this group.
bool touches(const ExpressionSheet& sheet, const FaceSample& sample, const std::string& group);

/// Errors: bad_input with file and line: no neutral drawing, two drawings of one name or at one place,
///         pictures of different sizes, a part or group that nobody declared. Adds parameters that drawings
///         mention and the sheet does not declare.
Result<void> complete(ExpressionSheet& sheet);

/// bad_input naming the parameter and those that there are, when a mixture speaks of an unknown one.
Result<void> check_mixture(const ExpressionSheet& sheet, const Mixture& mixture);

}  // namespace nakawari
