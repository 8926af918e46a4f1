#include "provenance/provenance.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

Provenance example() {
  Provenance p{"nakawari 9", "A", "A0002", 0.25, {}, {"f1", "f2"}, {}};
  p.keys = {
      {{"A/A0001.png", hash_of(std::string_view("one"))}, {"A/A0005.png", hash_of(std::string_view("two"))}}};
  p.strokes = {{{true, 3, 0, 12.5F}, {false, 4, 9, 0}}, {}, {{false, 0, 1, 2}}};
  return p;
}

TEST(Provenance, SurvivesTheWayThroughTheFile) {
  const Provenance before = example();
  const auto after = read_provenance(provenance_json(before), "p.json");
  ASSERT_TRUE(after) << after.error().one_line();
  EXPECT_EQ(after->keys, before.keys);
  EXPECT_EQ(after->fixes, before.fixes);
  EXPECT_EQ(after->t, before.t);
  ASSERT_EQ(after->strokes.size(), 3U);
  EXPECT_EQ(after->strokes[0][1].from, 9);
  EXPECT_FALSE(after->strokes[0][1].first_key);
  EXPECT_EQ(provenance_json(*after), provenance_json(before));
}

TEST(Provenance, CountsStrokesThatComeFromAKey) {
  EXPECT_DOUBLE_EQ(share_with_parents(example()), 2.0 / 3);
  EXPECT_EQ(share_with_parents({}), 1);
}

TEST(Provenance, NamesThatAreNoUtf8AreWritten) {
  Provenance p = example();
  p.keys[0].file = "A/\xFF.png";
  EXPECT_TRUE(read_provenance(provenance_json(p), "p.json"));
}

TEST(Provenance, RefusesWhatIsNotOne) {
  const std::string good = provenance_json(example());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("{}"),
        good.substr(0, good.size() / 2), with("\"version\":1", "\"version\":2"),
        with("\"t\":0.25", "\"t\":\"x\""), with("\"stroke\":3", "\"stroke\":null"),
        with("\"hash\":\"", "\"hash\":\"zz"), with("\"fixes\":[\"f1\"", "\"fixes\":[1")}) {
    const auto read = read_provenance(text, "p.json");
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().where.file, "p.json");
  }
}

}  // namespace
}  // namespace nakawari
