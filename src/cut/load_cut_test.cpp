#include "cut/load_cut.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cut/memory_disk.h"

namespace nakawari {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;

const char* const kSheet = R"(exchangeDigitalTimeSheet Save Data
{"version":5,"timeTables":[{"name":"s","duration":4,"timeTableHeaders":[{"fieldId":0,"names":["A"]}],"fields":[
{"fieldId":0,"tracks":[{"trackNo":0,"frames":[{"frame":0,"data":[{"id":0,"values":["1"]}]}]}]},
{"fieldId":3,"tracks":[{"trackNo":0,"frames":[{"frame":1,"data":[{"id":0,"values":["Hana","ohayou"]}]}]}]}]}]})";

/// A cut of one drawing; what the pictures hold does not matter here.
MemoryDisk& with_drawing(MemoryDisk& disk) {
  disk.put("cut/sheet.xdts", kSheet);
  disk.put("cut/A/A0001.png", "a picture");
  return disk;
}

TEST(LoadCut, TellsWhatIsSpoken) {
  MemoryDisk disk;
  with_drawing(disk).put("cut/cut.toml", "");
  const auto cut = load_cut(disk, "cut");
  ASSERT_TRUE(cut) << cut.error().one_line();
  ASSERT_EQ(cut->speech.size(), 1U);
  EXPECT_EQ(cut->speech[0].first_frame, 1);
  EXPECT_THAT(cut->speech[0].values, ElementsAre("Hana", "ohayou"));
}

TEST(LoadCut, AProfileOfTheCelGoesBeforeThatOfTheCut) {
  MemoryDisk disk;
  with_drawing(disk).put(
      "cut/cut.toml",
      "[cut]\nprofile = \"../a.toml\"\ntitle = \"Hana smiles\"\n[[cel]]\nname = \"A\"\n"
      "[[cel]]\nname = \"B\"\ndrawings = \"A/A####\"\ncolumn = \"A\"\nprofile = \"../b.toml\"\n");
  const auto cut = load_cut(disk, "cut");
  ASSERT_TRUE(cut) << cut.error().one_line();
  EXPECT_EQ(cut->file.title, "Hana smiles");
  EXPECT_EQ(cut->cels[0].file.profile, "../a.toml");
  EXPECT_EQ(cut->cels[1].file.profile, "../b.toml");
}

TEST(LoadCut, KnowsEveryTextThatItDependsOn) {
  MemoryDisk disk;
  with_drawing(disk).put("cut/cut.toml",
                         "[[cel]]\nname = \"A\"\n[[cel]]\nname = \"M\"\nface = \"face/hana.toml\"\n"
                         "track = \"face/track.toml\"\n");
  disk.put("cut/face/hana.toml",
           "[[part]]\nname = \"mouth\"\nkind = \"mouth\"\nregion = [[1, 1], [9, 9]]\n[[drawing]]\nname = "
           "\"neutral\"\nlines = \"n.png\"\n");
  disk.put("cut/face/n.png", "a picture");
  disk.put("cut/face/track.toml", "[track]\nmouths = \"mouth.toml\"\n");
  disk.put("cut/face/mouth.toml", "[[mouth]]\nframe = 1\nshape = \"-\"\n");
  const auto cut = load_cut(disk, "cut");
  ASSERT_TRUE(cut) << cut.error().one_line();
  EXPECT_THAT(cut->texts, AllOf(Contains("cut.toml"), Contains("sheet.xdts"), Contains("A/charts.toml"),
                                Contains("fixes/A.toml"), Contains("face/hana.toml"),
                                Contains("face/track.toml"), Contains("face/mouth.toml")));
}

TEST(LoadCut, WithoutASheetTheLongestCelIsTheLengthAndTheOthersStay) {
  MemoryDisk disk;
  disk.put("cut/A/A0001.png", "a picture");
  disk.put("cut/B/B0001.png", "a picture");
  disk.put("cut/B/B0002.png", "a picture");
  disk.put("cut/face/hana.toml",
           "[[part]]\nname = \"mouth\"\nkind = \"mouth\"\nregion = [[1, 1], [9, 9]]\n[[drawing]]\nname = "
           "\"neutral\"\nlines = \"n.png\"\n");
  disk.put("cut/face/n.png", "a picture");
  disk.put("cut/face/track.toml", "[track]\nframes = 6\n");
  disk.put("cut/cut.toml", "");
  auto cut = load_cut(disk, "cut");
  ASSERT_TRUE(cut) << cut.error().one_line();
  EXPECT_EQ(cut->frames, 4);
  EXPECT_THAT(cut->cels[0].at, ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(cut->cels[1].at, ElementsAre(0, 0, 1, 1));

  disk.put("cut/cut.toml",
           "[[cel]]\nname = \"B\"\n[[cel]]\nname = \"M\"\nface = \"face/hana.toml\"\n"
           "track = \"face/track.toml\"\n");
  cut = load_cut(disk, "cut");
  ASSERT_TRUE(cut) << cut.error().one_line();
  EXPECT_EQ(cut->frames, 6);
  EXPECT_THAT(cut->cels[0].at, ElementsAre(0, 0, 1, 1, 1, 1));
  EXPECT_EQ(cut->cels[1].at.size(), 6U);
}

}  // namespace
}  // namespace nakawari
