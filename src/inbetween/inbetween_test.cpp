#include "inbetween/inbetween.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inbetween/judge.h"
#include "match/test_drawings.h"

namespace nakawari {
namespace {

using test::face;
using test::moved;
using test::Sketch;

Inbetweener between(const Drawing& a, const Drawing& b) {
  auto found = match(a, b);
  EXPECT_TRUE(found);
  return {a, b, std::move(*found)};
}

/// Mean distance from the points of `drawing` to the nearest point of `truth`.
double mean_distance(const Drawing& drawing, const Drawing& truth) {
  double sum = 0;
  int count = 0;
  for (const Stroke& stroke : drawing.strokes)
    for (const Vec2 p : stroke.points) {
      double least = 1e9;
      for (const Stroke& other : truth.strokes)
        for (const Vec2 q : other.points) least = std::min(least, distance(p, q));
      sum += least;
      ++count;
    }
  return count > 0 ? sum / count : 1e9;
}

TEST(Inbetween, OutsideTheKeysIsWrongUse) {
  const Drawing a = face();
  const Inbetweener keys = between(a, a);
  for (const double t : {-0.5, 0.0, 1.0, 1.5, std::nan("")}) EXPECT_FALSE(keys.at(t)) << t;
}

TEST(Inbetween, EqualKeysGiveTheKey) {
  const Drawing a = face();
  const auto drawn = between(a, a).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_LT(mean_distance(drawn->drawing, a), 1.2);
  EXPECT_LT(mean_distance(a, drawn->drawing), 1.5);
}

TEST(Inbetween, ARigidTurnStaysRigid) {
  const Drawing a = face(), b = moved(a, {256, 256}, 40, {0, 0}), truth = moved(a, {256, 256}, 20, {0, 0});
  const auto drawn = between(a, b).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_LT(mean_distance(drawn->drawing, truth), 2.0);
}

TEST(Inbetween, AnArmTurnsOnAnArc) {
  // A forearm held by an elbow at the end of a fixed upper arm.
  const auto figure = [](double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    const Vec2 elbow{256, 256}, hand = elbow + rotated({120, 0}, angle);
    return Sketch()
        .line({100, 256}, elbow)
        .line(elbow, hand)
        .arc(hand + rotated({14, 0}, angle), 14, 14, 180 + degrees, 540 + degrees)
        .done();
  };
  const auto drawn = between(figure(0), figure(50)).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_LT(mean_distance(figure(25), drawn->drawing), 3.0);
}

TEST(Inbetween, JunctionsStayClosed) {
  const Drawing a = face(), b = moved(a, {256, 256}, 15, {20, 10});
  for (const double t : {0.1, 0.35, 0.5, 0.9}) {
    const auto drawn = between(a, b).at(t);
    ASSERT_TRUE(drawn);
    for (const Stroke& stroke : drawn->drawing.strokes) {
      EXPECT_EQ(stroke.points.front(), drawn->drawing.nodes[stroke.start].position);
      EXPECT_EQ(stroke.points.back(), drawn->drawing.nodes[stroke.end].position);
    }
    // The tuft still stands on the outline.
    bool joined = false;
    for (const Node& node : drawn->drawing.nodes) joined = joined || node.strokes.size() >= 3;
    EXPECT_TRUE(joined) << t;
  }
}

TEST(Inbetween, EveryStrokeNamesAParent) {
  const Drawing a = face(), b = moved(a, {256, 256}, 10, {5, 5});
  const auto drawn = between(a, b).at(0.5);
  ASSERT_TRUE(drawn);
  ASSERT_EQ(drawn->parents.size(), drawn->drawing.strokes.size());
  for (const auto& parents : drawn->parents) EXPECT_FALSE(parents.empty());
}

TEST(Inbetween, SwappingKeysAndTimeGivesTheSameLines) {
  const Drawing a = face(), b = moved(a, {256, 256}, 18, {12, -8});
  const auto forth = between(a, b).at(0.3), back = between(b, a).at(0.7);
  ASSERT_TRUE(forth && back);
  EXPECT_LT(mean_distance(forth->drawing, back->drawing), 1.5);
}

// A disc that comes over a standing line, which the second key shows in two parts.
Drawing disc_and_line(double x) {
  Sketch sketch;
  const Vec2 centre{x, 512};
  const double reach = 90 * 90 - (600 - x) * (600 - x);
  sketch.arc(centre, 90, 90, 0, 360);
  if (reach <= 0) {
    sketch.line({600, 200}, {600, 800});
  } else {
    sketch.line({600, 200}, {600, 512 - std::sqrt(reach)}).line({600, 512 + std::sqrt(reach)}, {600, 800});
  }
  return sketch.done();
}

/// Pairs from a known motion of every place; partners are the lines there, as directed.
template <typename Move>
std::vector<SampleMatch> known(const Drawing& from, const Drawing& to, Move move) {
  const SampleGraph here = sample_graph(from), there = sample_graph(to);
  std::vector<SampleMatch> matches;
  for (const Sample& sample : here.samples) {
    SampleMatch m;
    m.here = sample.position;
    m.here_tangent = m.there_tangent = sample.tangent;
    m.stroke = sample.stroke;
    m.along = sample.along;
    m.predicted = m.there = move(sample);
    double least = 2;
    for (const Sample& other : there.samples)
      if (const double d = distance(other.position, m.predicted);
          d < least && std::abs(dot(other.tangent, sample.tangent)) > 0.9) {
        least = d;
        m.partner_stroke = other.stroke;
        m.partner_along = other.along;
        m.confidence = 1;
      }
    matches.push_back(m);
  }
  return matches;
}

TEST(Inbetween, WhatMovesOverALineCutsItExactly) {
  const Drawing a = disc_and_line(460), b = disc_and_line(600);
  const auto moved_by = [](double way) {
    return [way](const Sample& s) { return s.stroke == 0 ? s.position + Vec2{way, 0} : s.position; };
  };
  Correspondence pairs;
  pairs.a_to_b = known(a, b, moved_by(140));
  pairs.b_to_a = known(b, a, moved_by(-140));
  const Inbetweener keys(a, b, pairs);
  for (const double t : {0.2, 0.45, 0.55, 0.8}) {
    const auto drawn = keys.at(t);
    ASSERT_TRUE(drawn);
    const double centre = 460 + 140 * t;
    double above = 1e9, below = 1e9;
    for (const Stroke& stroke : drawn->drawing.strokes)
      for (const Vec2 p : stroke.points) {
        if (std::abs(p.x - 600) > 2) continue;
        // No part of the line within the disc.
        EXPECT_GT(distance(p, {centre, 512}), 86) << t << " at " << p.y;
        (p.y < 512 ? above : below) = std::min(p.y < 512 ? above : below, std::abs(p.y - 512));
      }
    const double half = 90 * 90 - (600 - centre) * (600 - centre);
    if (half > 0) {
      EXPECT_NEAR(above, std::sqrt(half), 6) << t;
      EXPECT_NEAR(below, std::sqrt(half), 6) << t;
    }
  }
}

TEST(Inbetween, ALinePassesUnderWhatAFixPutsInFront) {
  // A bar falls behind a disc; both keys show all of it.
  const auto figure = [](double y) {
    return Sketch().arc({512, 512}, 90, 90, 0, 360).line({300, y}, {724, y + 40}).done();
  };
  const Drawing a = figure(360), b = figure(630);
  const auto falling = [](double way) {
    return [way](const Sample& s) { return s.stroke == 1 ? s.position + Vec2{0, way} : s.position; };
  };
  Correspondence pairs;
  pairs.a_to_b = known(a, b, falling(270));
  pairs.b_to_a = known(b, a, falling(-270));
  const auto within = [](const Drawing& drawing) {
    int count = 0;
    for (const Stroke& stroke : drawing.strokes)
      for (const Vec2 p : stroke.points) count += distance(p, {512, 512}) < 86;
    return count;
  };
  for (const bool in_first : {true, false}) {
    InbetweenOptions options;
    options.depths.push_back({"d", in_first, {512, 512}, {350, in_first ? 365.0 : 635.0}});
    const auto told = Inbetweener(a, b, pairs, options).at(0.5), not_told = Inbetweener(a, b, pairs).at(0.5);
    ASSERT_TRUE(told && not_told);
    EXPECT_EQ(within(told->drawing), 0);
    EXPECT_GT(within(not_told->drawing), 20);
    // The line is in two, and stands on the disc: they share nodes.
    EXPECT_EQ(std::count_if(told->drawing.nodes.begin(), told->drawing.nodes.end(),
                            [](const Node& node) { return node.strokes.size() == 3; }),
              2);
    EXPECT_EQ(told->drawing.strokes.size(), not_told->drawing.strokes.size() + 3);
  }
}

TEST(Inbetween, AStemThatSlidesStaysOnItsBar) {
  const auto figure = [](double x) {
    return Sketch()
        .arc({512, 512}, 300, 300, 0, 360)
        .line({x, 512}, {x, 512 - std::sqrt(300.0 * 300 - (x - 512) * (x - 512))})
        .done();
  };
  for (const double t : {0.25, 0.5, 0.75}) {
    const auto drawn = between(figure(470), figure(560)).at(t);
    ASSERT_TRUE(drawn);
    double least = 1e9;
    for (const Stroke& stroke : drawn->drawing.strokes) {
      const double to_centre = distance(stroke.points.front(), {512, 512});
      const bool stem = std::abs(stroke.points.front().x - stroke.points.back().x) < 10 && to_centre < 310;
      if (stem)
        for (const Vec2 end : {stroke.points.front(), stroke.points.back()})
          least = std::min(least, std::abs(distance(end, {512, 512}) - 300));
    }
    EXPECT_LT(least, 2) << t;
  }
}

TEST(Inbetween, CornersStaySharp) {
  const auto box = [](double x) {
    return Sketch().line({x, 300}, {x + 200, 300}).line({x + 200, 300}, {x + 200, 500}).done();
  };
  const auto drawn = between(box(300), box(330)).at(0.5);
  ASSERT_TRUE(drawn);
  double least = 1e9;
  for (const Stroke& stroke : drawn->drawing.strokes)
    for (const Vec2 p : stroke.points) least = std::min(least, distance(p, {515, 300}));
  EXPECT_LT(least, 0.7);
}

/// Mean place of all points.
Vec2 centre_of(const Drawing& drawing) {
  Vec2 sum;
  int count = 0;
  for (const Stroke& stroke : drawing.strokes)
    for (const Vec2 p : stroke.points) {
      sum += p;
      ++count;
    }
  return count > 0 ? sum / count : sum;
}

TEST(Inbetween, ThreeKeysInARowMoveOnAParabola) {
  // A ball thrown up: (0, 0), (60, -40), (120, 0) against a corner at the middle key.
  const auto ball = [](Vec2 at) {
    return Sketch().arc(at, 50, 50, 0, 360).line(at - Vec2{50, 0}, at + Vec2{50, 0}).done();
  };
  const Drawing p = ball({400, 500}), a = ball({460, 460}), b = ball({520, 500});
  const auto before = match(p, a), pair = match(a, b);
  ASSERT_TRUE(before && pair);
  InbetweenOptions options;
  options.around.before = std::make_shared<const Correspondence>(*before);
  options.around.use = Around::Use::shape_and_speed;
  const auto drawn = Inbetweener(a, b, *pair, options).at(0.5), straight = Inbetweener(a, b, *pair).at(0.5);
  ASSERT_TRUE(drawn && straight);
  EXPECT_NEAR(centre_of(straight->drawing).y, 480, 1);
  EXPECT_NEAR(centre_of(drawn->drawing).y, 470, 1.5);
  EXPECT_NEAR(centre_of(drawn->drawing).x, 490, 1.5);
}

TEST(Inbetween, BetweenSamplesOfOneMotionItTurnsBackBetweenTheKeys) {
  // 55 u - 17 u^2 at u = 0, 1, 2, 3: farthest right between the middle two, at 444.5.
  const auto ball = [](double u) {
    const double x = 400 + 55 * u - 17 * u * u;
    return Sketch().arc({x, 500}, 50, 50, 0, 360).line({x - 50, 500}, {x + 50, 500}).done();
  };
  const auto before = match(ball(0), ball(1)), pair = match(ball(1), ball(2)),
             after = match(ball(2), ball(3));
  ASSERT_TRUE(before && pair && after);
  const auto half_way = [&](Around::Use use) {
    InbetweenOptions options;
    options.around = {std::make_shared<const Correspondence>(*before),
                      std::make_shared<const Correspondence>(*after), 1, 1, use};
    const auto drawn = Inbetweener(ball(1), ball(2), *pair, options).at(0.5);
    EXPECT_TRUE(drawn);
    return centre_of(drawn->drawing).x;
  };
  EXPECT_NEAR(half_way(Around::Use::plain_time), 400 + 55 * 1.5 - 17 * 1.5 * 1.5, 0.5);
  // Else the second key is the extreme, and ends the path.
  EXPECT_LT(half_way(Around::Use::shape_and_speed), 443);
}

TEST(Inbetween, AChartSaysHowFarOnlyTheShapeBends) {
  // The speed doubles along a straight path: with a chart half way stays half way.
  const auto ball = [](double x) {
    return Sketch().arc({x, 500}, 50, 50, 0, 360).line({x - 50, 500}, {x + 50, 500}).done();
  };
  const auto before = match(ball(400), ball(420)), pair = match(ball(420), ball(480));
  ASSERT_TRUE(before && pair);
  for (const auto use : {Around::Use::shape, Around::Use::shape_and_speed}) {
    InbetweenOptions options;
    options.around = {std::make_shared<const Correspondence>(*before), nullptr, 1, 1, use};
    const auto drawn = Inbetweener(ball(420), ball(480), *pair, options).at(0.5);
    ASSERT_TRUE(drawn);
    EXPECT_NEAR(centre_of(drawn->drawing).x, use == Around::Use::shape ? 450 : 445, 1);
  }
}

TEST(Inbetween, WhatLiesAroundADrawnArcComesAlong) {
  // Two boxes rise evenly; the artist's arc has the left one still low at the middle.
  const auto boxes = [](double left, double right) {
    const auto box = [](Sketch sketch, double x, double y) {
      return sketch.line({x, y}, {x + 80, y})
          .line({x + 80, y}, {x + 80, y + 80})
          .line({x + 80, y + 80}, {x, y + 80})
          .line({x, y + 80}, {x, y});
    };
    return box(box(Sketch(), 200, left), 700, right).done();
  };
  const Drawing a = boxes(700, 700), b = boxes(500, 500), truth = boxes(660, 600);
  auto found = match(a, b);
  ASSERT_TRUE(found);
  InbetweenOptions options;
  options.arcs.push_back({{{200, 700}, {200, 660}, {200, 500}}, {0, 0.5, 1}});
  const auto drawn = Inbetweener(a, b, std::move(*found), options).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_LT(mean_distance(truth, drawn->drawing), 2.5);
}

TEST(Inbetween, ADrawnArcIsFollowedAndTheKeysStay) {
  const auto ball = [](double x) { return Sketch().arc({x, 500}, 40, 40, 0, 360).done(); };
  const auto pair = match(ball(400), ball(500));
  ASSERT_TRUE(pair);
  InbetweenOptions options;
  options.arcs.push_back({{{400, 460}, {450, 400}, {500, 460}}, {}});
  const Inbetweener keys(ball(400), ball(500), *pair, options);
  const auto half = keys.at(0.5), start = keys.at(0.001);
  ASSERT_TRUE(half && start);
  double top = 1e9;
  for (const Stroke& stroke : half->drawing.strokes)
    for (const Vec2 p : stroke.points) top = std::min(top, p.y);
  EXPECT_NEAR(top, 400, 2);
  EXPECT_NEAR(centre_of(start->drawing).y, 500, 1);
}

TEST(Inbetween, APartWithItsOwnSpacingIsAtItsOwnTime) {
  const auto two = [](double x) {
    return Sketch().arc({x, 300}, 40, 40, 0, 360).arc({x, 700}, 40, 40, 0, 360).done();
  };
  const auto drawn = between(two(400), two(460)).at(0.5, {{{400, 260}, 0.25}});
  ASSERT_TRUE(drawn);
  double upper = 0, lower = 0;
  int uppers = 0, lowers = 0;
  for (const Stroke& stroke : drawn->drawing.strokes)
    for (const Vec2 p : stroke.points) {
      (p.y < 500 ? upper : lower) += p.x;
      ++(p.y < 500 ? uppers : lowers);
    }
  EXPECT_NEAR(upper / uppers, 415, 2);
  EXPECT_NEAR(lower / lowers, 430, 2);
}

TEST(Inbetween, AFixMovesNothingThatItDoesNotTouch) {
  // A body whose lines hang together, and a hand at the end of its arm that a guide puts elsewhere.
  const auto figure = [](double x) {
    return Sketch()
        .arc({300, 300}, 110, 130, 0, 360)
        .line({410, 300}, {410, 800})
        .line({410, 500}, {700, 500})
        .arc({730 + x, 500}, 30, 30, 180, 540)
        .arc({300, 300}, 40, 20, 0, 360)
        .done();
  };
  const Drawing a = figure(0), b = figure(12);
  const auto before = match(a, b);
  ASSERT_TRUE(before);
  MatchFixes fixes;
  fixes.guides.push_back({"g", {730, 530}, {730 + 12 + 21.2, 500 + 21.2}});
  const auto after = rematch(a, b, *before, fixes);
  ASSERT_TRUE(after);
  const auto free = Inbetweener(a, b, *before).at(0.5), fixed = Inbetweener(a, b, *after).at(0.5);
  ASSERT_TRUE(free && fixed);
  double hand = 0, rest = 0;
  for (const Stroke& stroke : free->drawing.strokes)
    for (const Vec2 p : stroke.points) {
      double least = 1e9;
      for (const Stroke& other : fixed->drawing.strokes)
        for (const Vec2 q : other.points) least = std::min(least, distance(p, q));
      // The guide reaches 120 px along lines: to x = 627 on the arm.
      if (p.x > 627) hand = std::max(hand, least);
      if (p.x < 570) rest = std::max(rest, least);
    }
  RecordProperty("hand_px", std::to_string(hand));
  RecordProperty("rest_px", std::to_string(rest));
  EXPECT_LT(rest, 1) << "px, more than 57 px beyond the reach";
  EXPECT_GT(hand, rest);
}

TEST(Verdict, ADrawingThatHoldsIsSureAndWorseEvidenceIsNeverBetter) {
  const Drawing a = face();
  const auto pairs = match(a, a);
  ASSERT_TRUE(pairs);
  InbetweenOptions options;
  options.around.before = options.around.after = std::make_shared<const Correspondence>(*pairs);
  const auto drawn = Inbetweener(a, a, *pairs, options).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->judgement.verdict, Verdict::pass);
  EXPECT_TRUE(drawn->judgement.reasons.empty());
  const double good = chance_of_good(drawn->evidence), hopeless = chance_of_hopeless(drawn->evidence);
  for (const EvidenceField& field : kEvidence) {
    Evidence worse = drawn->evidence;
    worse.*field.value += 1;
    EXPECT_LE(chance_of_good(worse), good) << field.name;
    EXPECT_GE(chance_of_hopeless(worse), hopeless) << field.name;
  }
}

TEST(Verdict, FarFromBothKeysNothingPassesByItself) {
  const Drawing a = face();
  const auto pairs = match(a, a);
  ASSERT_TRUE(pairs);
  InbetweenOptions options;
  options.drawings = 9;
  options.timed = true;
  const Inbetweener keys(a, a, *pairs, options);
  const auto near = keys.at(0.05), half = keys.at(0.5);
  ASSERT_TRUE(near && half);
  EXPECT_EQ(near->judgement.verdict, Verdict::pass);
  EXPECT_EQ(half->judgement.verdict, Verdict::look);
  // No single place gives the reason; it is told all the same, for the drawing as a whole.
  ASSERT_EQ(half->judgement.reasons.size(), 1U);
  EXPECT_EQ(half->judgement.reasons[0].what, "unsure");
  EXPECT_THAT(half->judgement.reasons[0].text, ::testing::HasSubstr("many drawings between two keys"));
  EXPECT_GT(half->judgement.reasons[0].size, 0);
}

TEST(Verdict, KeysAroundThatTurnBackSpeakAgainstTheDrawing) {
  // Up, the same twice, down again: the top stands between the equal keys, and they do not show how high.
  const Drawing key = face(), low = moved(key, {256, 256}, 0, {0, 40});
  const auto same = match(key, key), rise = match(low, key), fall = match(key, low);
  ASSERT_TRUE(same && rise && fall);
  const auto shared = [](const auto& pairs) { return std::make_shared<const Correspondence>(*pairs); };
  InbetweenOptions still, turning, timed;
  still.around = {shared(same), shared(same), 1, 1, Around::Use::shape_and_speed};
  turning.around = timed.around = {shared(rise), shared(fall), 1, 1, Around::Use::shape_and_speed};
  timed.timed = true;
  const auto evidence = [&](const InbetweenOptions& options) {
    const auto drawn = Inbetweener(key, key, *same, options).at(0.5);
    EXPECT_TRUE(drawn);
    return drawn->evidence;
  };
  const double scale = page_scale(key);
  EXPECT_NEAR(evidence({}).alone, 1, 1e-9);
  EXPECT_NEAR(evidence(still).alone, 0, 0.02);
  EXPECT_NEAR(evidence(still).uneven, 0, 0.05);
  EXPECT_NEAR(evidence(turning).uneven * scale, 80 / 16.0, 0.3);
  EXPECT_EQ(judged({evidence(still), {}}).verdict, Verdict::pass);
  EXPECT_EQ(judged({evidence(turning), {}}).verdict, Verdict::look);
  EXPECT_THAT(strongest_doubt(evidence(turning)), ::testing::StartsWith("the keys before and after"));
  // Two equal keys alone do not say which of the two it is.
  EXPECT_EQ(judged({evidence({}), {}}).verdict, Verdict::look);
  EXPECT_THAT(strongest_doubt(evidence({})), ::testing::StartsWith("both keys are the same drawing"));
  // With a chart the artist has said when the drawing comes.
  EXPECT_EQ(evidence(timed).uneven, 0);
  EXPECT_EQ(evidence(timed).alone, 0);
}

TEST(Verdict, TheStrongestDoubtIsThatOfTheFigureThatSpeaksMostAgainst) {
  Evidence evidence;
  evidence.moved = 1;
  evidence.opened = 1;
  EXPECT_EQ(strongest_doubt(evidence), "regions that are closed in both keys are not closed here");
  evidence.asked = 8;
  EXPECT_THAT(strongest_doubt(evidence), ::testing::StartsWith("many drawings"));
}

TEST(Verdict, ALineOfOneKeyOnlyIsNamedWithItsPlace) {
  const Drawing a = face();
  Drawing b = a;
  const Drawing extra = Sketch(a.width, a.height).line({700, 700}, {900, 700}).done();
  const auto offset = static_cast<NodeId>(b.nodes.size());
  b.nodes.insert(b.nodes.end(), extra.nodes.begin(), extra.nodes.end());
  for (Stroke stroke : extra.strokes) {
    stroke.start += offset;
    stroke.end += offset;
    b.strokes.push_back(stroke);
  }
  link_nodes(b);
  const auto drawn = between(a, b).at(0.5);
  ASSERT_TRUE(drawn);
  const auto& reasons = drawn->judgement.reasons;
  const auto lone =
      std::find_if(reasons.begin(), reasons.end(), [](const Reason& r) { return r.what == "no-partner"; });
  ASSERT_NE(lone, reasons.end());
  EXPECT_NEAR(lone->y, 700, 20);
  EXPECT_NEAR(lone->size, 200, 10);
}

}  // namespace
}  // namespace nakawari
