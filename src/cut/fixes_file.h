/// \file
/// fixes/A.toml: what a person said about the drawings of a cel. Plain text, one entry each, append-only in
/// use; undoing one is removing its entry (fixes_edit.h). Points are pixels, y down.
///
///   [[fix]]
///   id = "f1"                      # unique in the file
///   time = 2026-11-24T10:15:00Z    # when it was said (optional)
///   author = "Kim"                 # by whom (optional)
///   kind = "stroke_pair"           # the lines near these points are the lines near those (N:M)
///   drawings = ["A0001", "A0005"]  # the two keys
///   a = [[812, 340]]
///   b = [[820, 352]]
///   like_a = ["black 212 35 3.2"]  # what lies at each point (optional, below)
///   like_b = ["black 208 33 3.1"]
///
/// Of a pair of keys, `drawings = [...]`:
///   kind = "guide"        a = [x, y], b = [x, y]: this point is that point
///   kind = "no_partner"   in = "A0001", at = [x, y]: this line is born or dies
///   kind = "arc"          path = [[x, y], ...]: what lies at its first point in the first key moves along it
///                         to its last point in the second
///   kind = "group"        in = "A0001", lasso = [[x, y], ...]: the lines inside move together; name =
///   "hair".
///                         "eye L upper-lid" (lower-lid, iris, highlight) makes them part of an eye that
///                         blinks; "eye L" alone is a whole eye, which is divided
///   kind = "depth"        in = "A0001", front = [x, y], behind = [x, y]: which part covers which; with t =
///   0.5
///                         only until there, then the other way round
/// Of one drawing, `drawing = "A0003"`:
///   kind = "spacing"      t = 0.4; with at = [x, y] only the part at that point of the first key
///   kind = "paint_style"  at = [x, y], style = "skin"; or style = "background"
///   kind = "close_gap"    path = [[x, y], [x, y]]: a wall between regions that no line draws
///   kind = "open_gap"     path = [[x, y], [x, y]]: the closure that this crosses is none
///   kind = "trace_role"   role = "shadow" (or highlight, shadow2, normal), at = [x, y]: a trace line
///   kind = "intended"     what = "no-partner": this finding is meant so; with at = [x, y] only there
///   kind = "approve"      good, and locked: lines = "fixes/approved/A/A0003.png" and painted = "..." are
///   what
///                         was approved, kept beside the fixes because all of out/ may be deleted
///
/// **Anchors.** `like`, `like_a`, `like_b` say what lay at each point when the fix was made, so that it is
/// found again in a drawing that was drawn anew: "INK LENGTH ANGLE WIDTH" of a line (px; degrees from 0 to
/// 180), "region AREA" of a region (px). See drawing/anchor.h.
///
/// A fix that cannot be placed (its drawing is gone, no line is near its point) is reported, never dropped.
/// An entry of a kind that this version does not know stays in the file, has no effect, and is reported.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "drawing/anchor.h"
#include "drawing/drawing.h"
#include "geometry/vec2.h"
#include "match/fixes.h"

namespace nakawari {

enum class FixKind {
  stroke_pair,
  no_partner,
  guide,
  arc,
  group,
  depth,
  spacing,
  paint_style,
  close_gap,
  open_gap,
  trace_role,
  intended,
  approve,
  unknown,
};

/// One entry. Fields that its kind does not have stay empty.
struct Fix {
  std::string id, time, author;
  FixKind kind = FixKind::unknown;
  std::string word;                      ///< the kind as the file spells it
  std::string from, to;                  ///< the two keys of a pair fix
  std::string drawing;                   ///< of all others
  std::vector<Vec2> a, b;                ///< stroke_pair, guide: points of `from`, of `to`
  bool in_first = true;                  ///< no_partner, group, depth: the points lie in `from`
  std::vector<Vec2> at;                  ///< one point, or none
  std::vector<Vec2> path;                ///< arc, close_gap, open_gap: at least two points
  std::vector<Vec2> lasso;               ///< group: a polygon, closed by itself
  Vec2 front, behind;                    ///< depth
  double t = 0;                          ///< spacing; depth: 0 when it holds all the way
  std::string name;                      ///< group: for people, may be empty
  std::string style, role, what;         ///< paint_style; trace_role; intended
  std::string lines, painted;            ///< approve: paths relative to the cut; may be empty
  std::vector<LineMark> like_a, like_b;  ///< one per point of `a` and `b`, or none
  std::vector<LineMark> like;            ///< of `at`, or none
  long line = -1;                        ///< of the file

  /// True for the kinds that speak of two keys.
  [[nodiscard]] bool of_pair() const { return kind <= FixKind::depth; }
};

struct Fixes {
  std::string file;
  std::vector<Fix> fixes;  ///< in the order of the file; unknown kinds are among them
  Report notes;            ///< "unknown-kind", "unknown-key"
};

/// Errors: bad_input with file and line: not TOML, a wrong type, a missing point or drawing, the same id
///         twice.
Result<Fixes> read_fixes(std::string_view text, const std::string& file);

/// The word of a kind in the file; `unknown` has none.
std::string_view word(FixKind kind);
/// The kind of a word; unknown when there is none.
FixKind fix_kind(std::string_view word);

/// One entry as text, with its "[[fix]]" line. Points keep two decimals. Equal fixes give equal text.
std::string fix_text(const Fix& fix);

/// The fixes of one pair of keys in the form that `match` takes, each point moved to where its line lies now.
/// Those whose points lie near no line are left out and added to `lost`; the ids of the others to `used`.
MatchFixes match_fixes(const std::vector<const Fix*>& fixes, const Drawing& a, const Drawing& b,
                       std::vector<const Fix*>& lost, std::vector<std::string>& used);

/// The note on a fix that fits nothing any more.
Note lost_note(const Fix& fix, const std::string& file, const std::string& why);

}  // namespace nakawari
