/// \file
/// The report of a cut as one HTML page that needs nothing else: every drawing on a light table with its
/// verdict, the places to look at, the onion skin of its keys and its chart; the cut to flip through; what it
/// cost and what it would have cost by hand. Pictures are embedded; the page makes no request.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cut/summary.h"

namespace nakawari {

/// What the page shows. Pictures are PNG bytes, made small by the caller.
struct ReportInput {
  CutSummary summary;
  std::map<std::string, std::vector<std::uint8_t>> pictures;  ///< by DrawingSummary::line_picture
  std::vector<std::vector<std::uint8_t>> frames;              ///< different frames of the cut
  std::vector<int> frame_at;  ///< one per frame of the cut: index into `frames`
};

/// The page: the same input gives the same bytes. What a build spent differs from run to run; it stands
/// beside the page in cost.js, which the page shows when it is there. English, with Japanese at the press of
/// a button; light or dark as the reader's machine is set.
///
/// Cost by hand: `douga_minutes` and `douga_yen`, `paint_minutes` and `paint_yen` per drawing from [cost] of
/// cut.toml; by default 27 min and 210 yen, 200 yen for paint (no source gives minutes of paint). Source: 500
/// drawings in 200 to 260 hours a month; JAniCA survey 2009; rates published 2009 to 2021.
std::string report_html(const ReportInput& input);

/// The text of cost.js: time and memory of the last build that did something. The only derived file that is
/// not the same for the same inputs.
std::string cost_script(const BuildCost& cost);

}  // namespace nakawari
