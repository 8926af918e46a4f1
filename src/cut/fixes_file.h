/// \file
/// fixes/A.toml: what a person said about the drawings of a cel. Plain text, one entry each, append-only in
/// use; undoing one is removing its entry. Points are pixels, y down.
///
///   [[fix]]
///   id = "f1"                      # unique in the file
///   time = 2026-11-24T10:15:00Z    # when it was said (optional)
///   author = "Kim"                 # by whom (optional)
///   kind = "stroke_pair"           # the lines near these points are the lines near those
///   drawings = ["A0001", "A0005"]  # the two keys
///   a = [[812, 340]]
///   b = [[820, 352]]
///
///   kind = "guide"        drawings, a = [x, y], b = [x, y]: this point is that point
///   kind = "no_partner"   drawings, in = "A0001", at = [x, y]: this line is born or dies
///   kind = "spacing"      drawing = "A0003", t = 0.4; with at = [x, y] only the part at that point of the
///                         first key
///   kind = "paint_style"  drawing = "A0003", at = [x, y], style = "skin"
///
/// A fix that cannot be placed (its drawing is gone, no line is near its point) is reported, never dropped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "drawing/drawing.h"
#include "geometry/vec2.h"
#include "match/fixes.h"

namespace nakawari {

enum class FixKind { stroke_pair, no_partner, guide, spacing, paint_style };

struct Fix {
  std::string id, time, author;
  FixKind kind = FixKind::guide;
  std::string from, to;    ///< the two keys of a pair fix
  std::string drawing;     ///< of spacing and paint_style
  std::vector<Vec2> a, b;  ///< points of a pair fix
  bool in_first = true;    ///< no_partner: the point lies in `from`
  std::vector<Vec2> at;    ///< one point, or none
  double t = 0;            ///< spacing
  std::string style;       ///< paint_style
  long line = -1;
};

struct Fixes {
  std::string file;
  std::vector<Fix> fixes;
  Report notes;
};

/// Errors: bad_input with file and line: not TOML, a wrong type, an unknown kind, a missing point or drawing,
///         the same id twice.
Result<Fixes> read_fixes(std::string_view text, const std::string& file);

/// A point farther than this from every line of its drawing lies on none: a person clicks within a few
/// pixels, and a redrawn line that moved farther is another line. Pixels of a 1920 px page, scaled with the
/// page.
inline constexpr double kFixReach = 24;

/// The fixes of one pair of keys in the form that `match` takes. Those whose points lie near no line are left
/// out and added to `lost`; the ids of the others to `used`.
MatchFixes match_fixes(const std::vector<const Fix*>& fixes, const Drawing& a, const Drawing& b,
                       std::vector<const Fix*>& lost, std::vector<std::string>& used);

/// The note on a fix that fits nothing any more.
Note lost_note(const Fix& fix, const std::string& file, const std::string& why);

}  // namespace nakawari
