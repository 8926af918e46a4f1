#include "inbetween/course.h"

namespace nakawari {

std::vector<Course> courses(const BlendGraph& graph, const Correspondence& correspondence,
                            const SampleGraph& b, const Around& around) {
  std::vector<Course> result(graph.points.size());
  const bool before = around.before && around.before->b_to_a.size() == correspondence.a_to_b.size();
  const bool after = around.after && around.after->a_to_b.size() == correspondence.b_to_a.size();
  const auto known = [](const SampleMatch& m, double sign, double time) -> std::optional<PointMotion> {
    if (m.partner_stroke < 0) return std::nullopt;
    return PointMotion{(m.there - m.here) * (sign / time), sign * m.rotation / time};
  };
  const auto set_after = [&](std::size_t point, std::size_t of_b) {
    if (after) result[point].after = known(around.after->a_to_b[of_b], 1, around.time_after);
  };
  for (std::size_t i = 0; i < correspondence.a_to_b.size(); ++i) {
    const SampleMatch& m = correspondence.a_to_b[i];
    if (before) result[i].before = known(around.before->b_to_a[i], -1, around.time_before);
    if (m.partner_stroke >= 0)
      set_after(i, static_cast<std::size_t>(b.at(m.partner_stroke, m.partner_along)));
  }
  for (std::size_t j = 0; j < graph.place_of_b.size(); ++j)
    if (!graph.place_of_b[j].shared) set_after(static_cast<std::size_t>(graph.place_of_b[j].from), j);
  return result;
}

PointMotion at_key(const PointMotion& ours, const PointMotion& theirs, double time) {
  return {(theirs.speed + ours.speed * time) / (1 + time), (theirs.turn + ours.turn * time) / (1 + time)};
}

}  // namespace nakawari
