#include "desk/fix_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nakawari {
namespace {

using nlohmann::json;

TEST(FixJson, goes_both_ways) {
  for (
      const char* text :
      {R"({"kind":"guide","id":"f1","drawings":["A0001","A0005"],"a":[[1,2.5]],"b":[[3,4]]})",
       R"({"kind":"no_partner","drawings":["A0001","A0005"],"in":"A0005","at":[[1,2]]})",
       R"({"kind":"group","drawings":["A0001","A0005"],"in":"A0001","lasso":[[1,2],[3,4],[5,6]],"name":"hair"})",
       R"({"kind":"depth","drawings":["A0001","A0005"],"in":"A0001","front":[1,2],"behind":[3,4]})",
       R"({"kind":"spacing","drawing":"A0003","t":0.4})",
       R"({"kind":"close_gap","drawing":"A0003","path":[[1,2],[3,4]]})",
       R"({"kind":"paint_style","drawing":"A0003","at":[[1,2]],"style":"skin"})"}) {
    const json given = json::parse(text);
    const auto fix = fix_from_json(given);
    ASSERT_TRUE(fix) << text << fix.error().message;
    const json back = json_of(*fix);
    for (const auto& [key, value] : given.items()) EXPECT_EQ(back.at(key), value) << text;
    EXPECT_EQ(fix_text(*fix_from_json(back)), fix_text(*fix));
  }
}

TEST(FixJson, refuses_other_forms) {
  for (const char* text : {
           "1",
           "null",
           "[]",
           R"({"kind":"wish"})",
           R"({"drawing":"A0001"})",
           R"({"kind":"approve","drawing":"A0001","lines":"../../x"})",
           R"({"kind":"approve","time":"now"})",
           R"({"kind":"guide","a":[]})",
           R"({"kind":"guide","a":[[1]]})",
           R"({"kind":"guide","a":[["1",2]]})",
           R"({"kind":"guide","a":[[1e300,2]]})",
           R"({"kind":"guide","drawings":["A"]})",
           R"({"kind":"guide","drawings":["A0001","A0005"],"in":"A0007"})",
           R"({"kind":"spacing","t":"0.5"})",
           R"({"kind":"paint_style","at":[[1,2],[3,4]]})",
       })
    EXPECT_FALSE(fix_from_json(json::parse(text))) << text;
  EXPECT_FALSE(fix_from_json(json{{"kind", "guide"}, {"name", std::string(5'000, 'x')}}));
  EXPECT_FALSE(
      fix_from_json(json{{"kind", "group"}, {"lasso", std::vector<std::vector<int>>(3'000, {1, 2})}}));
}

}  // namespace
}  // namespace nakawari
