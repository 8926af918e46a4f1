#include "desk/redraw.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "cut/build_state.h"
#include "cut/serial.h"
#include "match/match.h"
#include "match/test_drawings.h"

namespace nakawari {
namespace {

Drawing ball(double x, double size) {
  return test::Sketch(512, 512).arc({x, 250}, size, size, 0, 360).done();
}

/// A cut of two keys and the drawing between them, as a build left it in the cache.
class RedrawerOfTwoKeys : public testing::Test {
 protected:
  void SetUp() override {
    // Tests run side by side.
    cut_.folder = testing::TempDir() + "nakawari-redraw-" +
                  testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(cut_.folder);
    LoadedCel& cel = cut_.cels.emplace_back();
    cel.file.name = "A";
    cel.drawings.resize(3);
    for (int i = 0; i < 3; ++i) cel.drawings[i].stem = "A000" + std::to_string(i + 1);
    cel.drawings[1].from = 0;
    cel.drawings[1].to = 2;
    cel.drawings[1].plan.t = 0.5;
  }
  void TearDown() override { std::filesystem::remove_all(cut_.folder); }

  void save(const StepSpec& spec, const Bytes& bytes) {
    ASSERT_TRUE(disk_->write(join_path(cut_.folder, spec.outputs.front()), bytes));
  }
  void trace(int key, const Drawing& drawing) {
    TracedKey traced;
    traced.drawing = drawing;
    save(trace_spec(cel(), cel().drawings[key]), to_bytes(traced));
  }
  void match_keys(const Drawing& a, const Drawing& b) {
    MatchedPair pair;
    pair.correspondence = *match(a, b);
    save(match_spec(cel(), cel().drawings[0], cel().drawings[2]), to_bytes(pair));
  }
  const LoadedCel& cel() { return cut_.cels.front(); }
  Result<std::shared_ptr<const ReadyPair>> pair() { return redrawer_.pair(cut_, {&cel(), 0, 2}); }

  std::unique_ptr<Disk> disk_ = real_disk();
  LoadedCut cut_;
  Redrawer redrawer_{*disk_};
};

TEST_F(RedrawerOfTwoKeys, AKeyThatWasReplacedIsNotShownByTheOldMatch) {
  const Drawing a = ball(200, 60), b = ball(300, 60), larger = ball(300, 120);
  trace(0, a);
  trace(2, b);
  match_keys(a, b);
  ASSERT_TRUE(pair());

  // Traced anew, and not matched anew yet: there is nothing to show.
  trace(2, larger);
  const auto between = pair();
  ASSERT_FALSE(between);
  EXPECT_EQ(between.error().code, ErrorCode::not_found);

  match_keys(a, larger);
  const auto after = pair();
  ASSERT_TRUE(after);
  EXPECT_TRUE((*after)->inbetweener().at(0.5));
}

TEST_F(RedrawerOfTwoKeys, ANewMatchOfTheSameKeysIsTaken) {
  const Drawing a = ball(200, 60), b = ball(300, 60);
  trace(0, a);
  trace(2, b);
  match_keys(a, b);
  const auto first = pair();
  ASSERT_TRUE(first);
  EXPECT_EQ(*pair(), *first);

  MatchedPair other;
  other.correspondence = *match(a, b);
  other.correspondence.residual += 1;
  save(match_spec(cel(), cel().drawings[0], cel().drawings[2]), to_bytes(other));
  const auto second = pair();
  ASSERT_TRUE(second);
  EXPECT_EQ((*second)->correspondence.residual, other.correspondence.residual);
}

}  // namespace
}  // namespace nakawari
