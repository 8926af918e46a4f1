/// \file
/// Which part lies before which, and what of a line it hides between the keys.
///
/// **Found.** Where a line of one motion group ends on the outline of a region of another, the region lies
/// before the line: a T. The Ts of both keys vote; where they agree, and weigh enough, the order is known.
/// **Said.** A depth fix names a point of what lies in front and one of what lies behind, from the first key
/// to its t; after it the two have changed places.
///
/// What is behind is hidden where it has come to lie in a region of what is in front. Whether it has is asked
/// at home: the place is carried back to the key with the nearest line around the region, so the outline cuts
/// it exactly. A line that lies in the region or bounds it in the key is drawn on it, not behind it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "drawing/junctions.h"
#include "inbetween/key_at.h"
#include "inbetween/line_regions.h"
#include "match/fixes.h"

namespace nakawari {

/// A region of one key that covers lines of it.
struct Front {
  std::int32_t region = 0;
  std::vector<std::int32_t> border;  ///< samples around it
  std::vector<std::int32_t> behind;  ///< samples that it hides
  double from = 0, to = 1;           ///< while t lies between
};

/// A key at home with the regions between all its lines.
struct KeyGround {
  const KeyAt& key;
  const LineRegions& map;
  const std::vector<Junction>& junctions;
};

/// How much says that motion group `first` lies before group `second`.
using DepthVotes = std::map<std::pair<std::int32_t, std::int32_t>, double>;

/// The orders for which the votes are clear, as {front, behind}, rising.
std::vector<std::pair<std::int32_t, std::int32_t>> clear_orders(const DepthVotes& votes);

/// What hides what in each key, found and said. Cost: a few ms.
std::array<std::vector<Front>, 2> fronts(const KeyGround& a, const KeyGround& b,
                                         const std::vector<DepthFix>& fixes);

/// Per sample of a key whether it is hidden at t. `map`: the key's regions at home.
std::vector<Sight> sight_at(const KeyAt& key, const LineRegions& map, const std::vector<Front>& fronts,
                            double t, double page_scale);

}  // namespace nakawari
