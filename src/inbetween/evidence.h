/// \file
/// What can be told about an in-between without knowing the right drawing: the figures from which its verdict
/// is made, and the places that a person should look at.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/verdict.h"
#include "drawing/drawing.h"
#include "inbetween/blend.h"
#include "inbetween/course.h"
#include "inbetween/line_regions.h"
#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

/// Lengths are px at a 1024 px page. Shares are of line length or of closed regions, 0..1. More is worse.
/// What is told from the keys alone (the first thirteen) counts in full half way between them and less
/// towards a key.
struct Evidence {
  double asked = 0;       ///< drawings asked for between the keys, less one: how long the motion is unknown
  double alone = 0;       ///< share of what the keys before and after might know of the motion, and do not
  double uneven = 0;      ///< how far the motion half way leaves the even one, by those keys: median
  double uneven_far = 0;  ///< and 90th percentile
  double unmatched = 0;   ///< share of both keys' lines that only one key has
  double doubtful = 0;    ///< mean of (1 - confidence) over what both have
  double moved = 0;       ///< how far lines move between the keys: median
  double moved_far = 0;   ///< and 90th percentile
  double turned = 0;      ///< how far they turn: 90th percentile, radians
  double slip = 0;        ///< partners' distance from the smooth motion: 90th percentile
  double strain = 0;      ///< mean stretch of the lines against a rigid motion, share of their length
  double strained = 0;    ///< share of the lines that stretch by more than a quarter
  double changed = 0;     ///< closed regions of the keys that the other key does not have
  double opened = 0;      ///< regions closed in both keys that are not closed here
  double swollen = 0;     ///< mean |log| of areas against the keys'
  double slivers = 0;     ///< closed regions here that no key has, per region
  double loose = 0;       ///< free ends beyond those of both keys, per stroke
  double quantity = 0;    ///< |log| of line length against the keys'
};

struct EvidenceField {
  std::string_view name;
  double Evidence::* value;
};
inline constexpr std::array kEvidence = {
    EvidenceField{"asked", &Evidence::asked},         EvidenceField{"alone", &Evidence::alone},
    EvidenceField{"uneven", &Evidence::uneven},       EvidenceField{"uneven_far", &Evidence::uneven_far},
    EvidenceField{"unmatched", &Evidence::unmatched}, EvidenceField{"doubtful", &Evidence::doubtful},
    EvidenceField{"moved", &Evidence::moved},         EvidenceField{"moved_far", &Evidence::moved_far},
    EvidenceField{"turned", &Evidence::turned},       EvidenceField{"slip", &Evidence::slip},
    EvidenceField{"strain", &Evidence::strain},       EvidenceField{"strained", &Evidence::strained},
    EvidenceField{"changed", &Evidence::changed},     EvidenceField{"opened", &Evidence::opened},
    EvidenceField{"swollen", &Evidence::swollen},     EvidenceField{"slivers", &Evidence::slivers},
    EvidenceField{"loose", &Evidence::loose},         EvidenceField{"quantity", &Evidence::quantity}};

/// What is known of a pair of keys before anything is drawn.
struct PairEvidence {
  Evidence common;  ///< the figures that do not depend on t
  LineRegions a, b;
  std::vector<std::int32_t> b_of_a;  ///< per region of A its counterpart in B, 0: none
  double length_a = 0, length_b = 0;
  int loose_a = 0, loose_b = 0;
};

/// `courses`: one per point of `graph`, from the keys that `around` names.
PairEvidence pair_evidence(const Drawing& a, const Drawing& b, const Correspondence& correspondence,
                           const BlendGraph& graph, const std::vector<Course>& courses, const Around& around,
                           double page_scale);

/// The figures of one in-between, with its places, worst first.
struct Findings {
  Evidence evidence;
  std::vector<Reason> reasons;
};
/// `position`: one per point of `graph`, as the blender gave them.
Findings findings(const PairEvidence& pair, const Drawing& drawing, const Registration& to_a,
                  const Registration& to_b, const SampleGraph& graph_a, const SampleGraph& graph_b,
                  const BlendGraph& graph, const std::vector<Vec2>& position, double t);

}  // namespace nakawari
