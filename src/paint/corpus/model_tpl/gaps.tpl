<palette name="花 &lt;x&gt;">
  <version>
    71 0
  </version>
  <styles>
    <style>
      color_0 3 255 255 255 0
    </style>
    <style>
      color_1 3 255 255 255 0
    </style>
    <style>
      color_2 3 255 255 255 0
    </style>
    <style>
      "髪 0" 3 0 2 200 255
    </style>
    <style>
      color_4 3 255 255 255 0
    </style>
    <style>
      color_5 3 255 255 255 0
    </style>
    <style>
      color_6 3 255 255 255 0
    </style>
    <style>
      color_7 3 255 255 255 0
    </style>
    <style>
      color_8 3 255 255 255 0
    </style>
    <style>
      color_9 3 255 255 255 0
    </style>
    <style>
      "髪 1 [shadow]" 3 37 13 199 255
    </style>
    <style>
      color_11 3 255 255 255 0
    </style>
    <style>
      color_12 3 255 255 255 0
    </style>
    <style>
      color_13 3 255 255 255 0
    </style>
    <style>
      color_14 3 255 255 255 0
    </style>
    <style>
      color_15 3 255 255 255 0
    </style>
    <style>
      color_16 3 255 255 255 0
    </style>
    <style>
      "髪 2 [shadow2]" 3 74 24 198 255
    </style>
    <style>
      color_18 3 255 255 255 0
    </style>
    <style>
      color_19 3 255 255 255 0
    </style>
    <style>
      color_20 3 255 255 255 0
    </style>
    <style>
      color_21 3 255 255 255 0
    </style>
    <style>
      color_22 3 255 255 255 0
    </style>
    <style>
      color_23 3 255 255 255 0
    </style>
    <style>
      "髪 3 [highlight]" 3 111 35 197 255
    </style>
    <style>
      color_25 3 255 255 255 0
    </style>
    <style>
      color_26 3 255 255 255 0
    </style>
    <style>
      color_27 3 255 255 255 0
    </style>
    <style>
      color_28 3 255 255 255 0
    </style>
    <style>
      color_29 3 255 255 255 0
    </style>
    <style>
      color_30 3 255 255 255 0
    </style>
    <style>
      _1 "髪 4" 3 148 46 196 255
    </style>
    <style>
      color_32 3 255 255 255 0
    </style>
    <style>
      color_33 3 255 255 255 0
    </style>
    <style>
      color_34 3 255 255 255 0
    </style>
    <style>
      color_35 3 255 255 255 0
    </style>
    <style>
      color_36 3 255 255 255 0
    </style>
    <style>
      color_37 3 255 255 255 0
    </style>
    <style>
      "髪 5" 3 185 57 195 255
    </style>
    <style>
      color_39 3 255 255 255 0
    </style>
    <style>
      color_40 3 255 255 255 0
    </style>
    <style>
      color_41 3 255 255 255 0
    </style>
    <style>
      color_42 3 255 255 255 0
    </style>
    <style>
      color_43 3 255 255 255 0
    </style>
    <style>
      color_44 3 255 255 255 0
    </style>
    <style>
      "髪 6 [shadow]" 3 222 68 194 255
    </style>
    <style>
      color_46 3 255 255 255 0
    </style>
    <style>
      color_47 3 255 255 255 0
    </style>
    <style>
      color_48 3 255 255 255 0
    </style>
    <style>
      color_49 3 255 255 255 0
    </style>
    <style>
      color_50 3 255 255 255 0
    </style>
    <style>
      color_51 3 255 255 255 0
    </style>
    <style>
      "髪 7 [shadow2]" 3 3 79 193 255
    </style>
    <style>
      color_53 3 255 255 255 0
    </style>
    <style>
      color_54 3 255 255 255 0
    </style>
    <style>
      color_55 3 255 255 255 0
    </style>
    <style>
      color_56 3 255 255 255 0
    </style>
    <style>
      color_57 3 255 255 255 0
    </style>
    <style>
      color_58 3 255 255 255 0
    </style>
    <style>
      "髪 8 [highlight]" 3 40 90 192 255
    </style>
    <style>
      color_60 3 255 255 255 0
    </style>
    <style>
      color_61 3 255 255 255 0
    </style>
    <style>
      color_62 3 255 255 255 0
    </style>
    <style>
      color_63 3 255 255 255 0
    </style>
    <style>
      color_64 3 255 255 255 0
    </style>
    <style>
      color_65 3 255 255 255 0
    </style>
    <style>
      _1 "髪 9" 3 77 101 191 255
    </style>
    <style>
      color_67 3 255 255 255 0
    </style>
    <style>
      color_68 3 255 255 255 0
    </style>
    <style>
      color_69 3 255 255 255 0
    </style>
    <style>
      color_70 3 255 255 255 0
    </style>
    <style>
      color_71 3 255 255 255 0
    </style>
    <style>
      color_72 3 255 255 255 0
    </style>
    <style>
      "髪 10" 3 114 112 190 255
    </style>
    <style>
      color_74 3 255 255 255 0
    </style>
    <style>
      color_75 3 255 255 255 0
    </style>
    <style>
      color_76 3 255 255 255 0
    </style>
    <style>
      color_77 3 255 255 255 0
    </style>
    <style>
      color_78 3 255 255 255 0
    </style>
    <style>
      color_79 3 255 255 255 0
    </style>
    <style>
      "髪 11 [shadow]" 3 151 123 189 255
    </style>
  </styles>
  <stylepages>
    <page>
      <name>
        colors
      </name>
      <indices>
        0 3 17 31 45 59 73
      </indices>
    </page>
    <page>
      <name>
        "body / b"
      </name>
      <indices>
        10 24 38 52 66 80
      </indices>
    </page>
  </stylepages>
</palette>
